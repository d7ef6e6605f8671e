using FundingFlow.Cities;
using FundingFlow.Money;
using FundingFlow.Partners;

namespace FundingFlow.Ledger;

/// <summary>
/// The row of one need in its area: what it requires and what stands against it, all in smallest units of the need's own
/// unit, with the facts about its project that placing asks for.
/// </summary>
/// <param name="Proposed">Allocated, not confirmed. The matcher never lets proposed + committed + received exceed <paramref name="Required"/>.</param>
/// <param name="Urgency">4 when the project's money lasts under 30 days, 2 under 90, else 1.</param>
/// <param name="Sectors">Sectors that have an allocation here.</param>
/// <param name="Rate">Of the need's currency, at its last change; null for goods and hours, or when no rate is known.</param>
public sealed record Position(
    string Area, string ProjectId, string NeedId, Unit Unit, long Required, long? MinimumViable,
    long Proposed, long Committed, long Received,
    string City, string Country, Situation Situation, DateOnly? StartsOn, DateOnly? EndsOn,
    int Urgency, IReadOnlyList<Sector> Sectors, ExchangeRate? Rate)
{
    public int V { get; init; } = 1;
    public long Funding => Committed + Received;
    public long Filled => Proposed + Committed + Received;

    /// <summary>What the matcher may still place here; never negative.</summary>
    public long Room => Math.Max(0, Required - Filled);
}

/// <summary>An amount in the pledge's unit and what it counts at the need, in the need's unit.</summary>
public readonly record struct Placed(long Minor, long Value)
{
    public static Placed operator +(Placed left, Placed right) => new(left.Minor + right.Minor, left.Value + right.Value);
    public static Placed operator -(Placed left, Placed right) => new(left.Minor - right.Minor, left.Value - right.Value);

    /// <summary>The part with <paramref name="minor"/> units of this; its value rounds down, the whole takes the whole value.</summary>
    public Placed Part(long minor) => minor == Minor ? this : new(minor, (long)((Int128)Value * minor / Minor));
}

/// <summary>Why a part went where it did: a stable code and a sentence for the donor.</summary>
public sealed record Reason(string Code, string Text);

/// <summary>The placing of part of a pledge line on one need.</summary>
public sealed record Allocation(
    string Area, string PledgeId, string PartnerId, string ProjectId, string NeedId, Unit Unit, Unit NeedUnit,
    Placed Proposed, Placed Committed, Placed Received, IReadOnlyList<Reason> Reasons, DateTimeOffset At)
{
    public int V { get; init; } = 1;
    public DateTimeOffset? AcknowledgedAt { get; init; }

    public string Id => LedgerKeys.AllocationId(Area, PledgeId, ProjectId, NeedId);
    public Placed Total => Proposed + Committed + Received;
    public string Status => Proposed.Minor > 0 ? "proposed" : Committed.Minor > 0 ? "committed" : "received";
}

/// <summary>Where a line's part lies.</summary>
public sealed record PartRef(string ProjectId, string NeedId);

/// <summary>What the matcher must know of the partner; fixed when the line is opened.</summary>
public sealed record DonorFacts(
    string PartnerId, string Name, Sector Sector, string? City, string? CityName, string? Country, Situation? Situation,
    IReadOnlyList<string> Twins, IReadOnlyList<string> Interests);

/// <summary>
/// The part of a pledge that goes to one area, with every unit of it accounted for:
/// Amount = Unallocated + InTransit + Withdrawn + WrittenOff + Σ its allocations.
/// </summary>
/// <param name="Standing">Why what is unallocated stands: <c>no-need</c>, <c>no-rate</c>, …; null when nothing stands.</param>
/// <param name="Sequence">Counts the line's changes, from 1.</param>
public sealed record Line(
    string Area, string PledgeId, Unit Unit, long Amount, long Unallocated, long InTransit, long Withdrawn, long WrittenOff,
    IReadOnlyList<PartRef> Parts, int Version, int Sequence, string? Standing,
    DonorFacts Donor, Pledges.Earmark Earmark, DateOnly? ValidUntil, ExchangeRate? Rate, DateTimeOffset OpenedAt)
{
    public int V { get; init; } = 1;

    /// <summary>The line's share of a stated value; null when none was stated.</summary>
    public Pledges.StatedValue? Stated { get; init; }
}

/// <summary>Accounts that units of a line move between.</summary>
public enum Account { Pledged, Unallocated, Proposed, Committed, Received, InTransit, Withdrawn, WrittenOff }

/// <summary>One leg of a journal entry; <paramref name="Minor"/> in the pledge's unit, <paramref name="Value"/> in the need's.</summary>
public sealed record Posting(Account Account, long Minor, string? ProjectId = null, string? NeedId = null, long Value = 0);

/// <summary>
/// One change, appended in the same transaction as the rows it changed. The postings of an entry on a line sum to zero
/// once <see cref="Account.Pledged"/> is counted negative; replaying all entries gives every balance.
/// </summary>
/// <param name="Kind">opened, placed, confirmed, received, withdrawn, released, moved-in, moved-out, need-stated, …</param>
/// <param name="Command">What caused it; with the line it makes the row key, so a repeated command writes nothing twice.</param>
/// <param name="By">Opaque id of a key or of the system; never a person.</param>
public sealed record JournalEntry(
    string Kind, string Command, DateTimeOffset At, string By, string? PledgeId, int Sequence, IReadOnlyList<Posting> Postings,
    string? Note = null)
{
    public int V { get; init; } = 1;

    /// <summary>For need-stated: the requirement before and after, in the need's unit.</summary>
    public long? RequiredBefore { get; init; }
    public long? RequiredAfter { get; init; }
}

/// <summary>Message in <c>funding-changed</c>: needs of one area whose figures changed.</summary>
public sealed record FundingChanged(int V, string Area, IReadOnlyList<PartRef> Needs);

/// <summary>Message in <c>lines-to-reopen</c>: state this project's needs again and place what stands in their areas; no project: all standing lines of the area.</summary>
public sealed record ReopenLines(int V, string? ProjectId, string? Area);
