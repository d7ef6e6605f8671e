using FundingFlow.Cities;
using FundingFlow.Money;
using FundingFlow.Partners;

namespace FundingFlow.Ledger;

/// <summary>Where a line's part lies.</summary>
public sealed record PartRef(string ProjectId, string NeedId);

/// <summary>What the matcher must know of the partner; fixed when the line is opened.</summary>
public sealed record DonorFacts(
    string PartnerId, string Name, Sector Sector, string? City, string? CityName, string? Country, Situation? Situation,
    IReadOnlyList<string> Twins, IReadOnlyList<string> Interests);

/// <summary>
/// The part of a pledge that goes to one area, with every unit of it accounted for:
/// Amount + MovedIn = Unallocated + Σ its allocations + Withdrawn + WrittenOff + MovedOut.
/// What a pledge has in transit is what its lines sent less what its lines took in.
/// </summary>
/// <param name="Standing">Why what is unallocated stands: <c>no-need</c>, <c>no-rate</c>, …; null when nothing stands.</param>
/// <param name="Sequence">Counts the line's changes, from 1.</param>
public sealed record Line(
    string Area, string PledgeId, Unit Unit, long Amount, long Unallocated, long MovedOut, long Withdrawn, long WrittenOff,
    IReadOnlyList<PartRef> Parts, int Version, int Sequence, string? Standing,
    DonorFacts Donor, Pledges.Earmark Earmark, DateOnly? ValidUntil, ExchangeRate? Rate, DateTimeOffset OpenedAt)
{
    public int V { get; init; } = 1;

    /// <summary>What came from the pledge's line in <c>any</c>.</summary>
    public long MovedIn { get; init; }

    /// <summary>Every sending from here; its id is the command under which the other area takes it in.</summary>
    public IReadOnlyList<Sending> Sendings { get; init; } = [];

    /// <summary>Whether something here waits: for a need, or to arrive elsewhere.</summary>
    public bool IsStanding => Unallocated > 0 || Sendings.Any(sending => !sending.Done);

    /// <summary>The line's share of a stated value; null when none was stated.</summary>
    public Pledges.StatedValue? Stated { get; init; }
}

/// <param name="Done">The other area has journaled it.</param>
public sealed record Sending(string Id, string Area, long Minor, bool Done);
