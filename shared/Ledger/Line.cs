using FundingFlow.Cities;
using FundingFlow.Money;
using FundingFlow.Partners;

namespace FundingFlow.Ledger;

/// <summary>Where a line's part lies.</summary>
public sealed record PartRef(string ProjectId, string NeedId);

/// <summary>What the matcher must know of the partner; fixed when the line is opened.</summary>
public sealed record DonorFacts(
    string PartnerId, string Name, Sector Sector, string? City, string? CityName, string? Country, Situation? Situation,
    IReadOnlyList<string> Twins, IReadOnlyList<string> Interests)
{
    /// <summary>The partner is not to be named to others.</summary>
    public bool Anonymous { get; init; }

    /// <summary>Where the partner does not give; null: nowhere.</summary>
    public Exclusions? Exclusions { get; init; }
}

/// <summary>
/// The part of a pledge that goes to one area, with every unit of it accounted for:
/// Amount + MovedIn = Unallocated + Σ its allocations + Withdrawn + WrittenOff + MovedOut.
/// What a pledge has in transit is what its lines sent less what its lines took in.
/// </summary>
/// <param name="Amount">What the pledge gives this area by itself; below 0 where it was amended down and the units that lay here had come from another area.</param>
/// <param name="Standing">Why what is unallocated stands: <c>no-need</c>, <c>no-rate</c>, …; null when nothing stands.</param>
/// <param name="Sequence">Counts the line's changes, from 1.</param>
public sealed record Line(
    string Area, string PledgeId, Unit Unit, long Amount, long Unallocated, long MovedOut, long Withdrawn, long WrittenOff,
    IReadOnlyList<PartRef> Parts, int Version, int Sequence, string? Standing,
    DonorFacts Donor, Pledges.Earmark Earmark, DateOnly? ValidUntil, ExchangeRate? Rate, DateTimeOffset OpenedAt)
{
    public int V { get; init; } = 1;

    /// <summary>The pledge's own: what is confirmed here is conditional until they hold at its project.</summary>
    public IReadOnlyList<Pledges.MatchCondition> Conditions { get; init; } = [];

    /// <summary>How far along what is placed here already is; an import's receipts are confirmed and received as they are placed.</summary>
    public Pledges.StatedStatus Status { get; init; } = Pledges.StatedStatus.Pledge;

    /// <summary>The pledge names no area: what finds no need here goes back to <c>any</c>.</summary>
    public bool Unearmarked { get; init; }

    /// <summary>What came from the pledge's line in another partition.</summary>
    public long MovedIn { get; init; }

    /// <summary>Every sending from here; its id is the command under which the other partition takes it in.</summary>
    public IReadOnlyList<Sending> Sendings { get; init; } = [];

    /// <summary>Its share of the pledge is in it; not so where units from another area arrived first (they leave version 0).</summary>
    public bool IsOpened => Version > 0;

    /// <summary>The pledge was withdrawn or has expired.</summary>
    public bool Closed { get; init; }

    /// <summary>It was closed because its last day was over: what the partner had confirmed stays.</summary>
    public bool Expired { get; init; }

    /// <summary>Nothing more is placed from here: what arrives, or is freed, later is taken back too.</summary>
    public bool IsWithdrawn => Closed || Withdrawn > 0;

    /// <summary>What was committed was taken back as well, and nothing is committed any more.</summary>
    public bool CommitsNothing => IsWithdrawn && !Expired;

    /// <summary>Needs whose recipient does not want anything of this pledge; it goes along with what is sent to other areas.</summary>
    public IReadOnlyList<PartRef> Declined { get; init; } = [];

    /// <summary>Where what a need no longer holds goes.</summary>
    internal Account Free => IsWithdrawn ? Account.Withdrawn : Account.Unallocated;

    /// <summary>Unallocated units that a rebalance holds back on their way to the needs it found for them; null: none.</summary>
    public IReadOnlyList<Parking>? Parked { get; init; }

    /// <summary>What ordinary placing may place: unallocated and not held back.</summary>
    public long Placeable => Math.Max(0, Unallocated - (Parked?.Sum(parking => parking.Minor) ?? 0));

    /// <summary>Whether something here waits: for a need, or to arrive elsewhere.</summary>
    public bool IsStanding => Unallocated > 0 || Sendings.Any(sending => !sending.Done);

    /// <summary>No new part is smaller than this, in smallest units of <see cref="Unit"/>; null: parts of any size.</summary>
    public long? SmallestPart { get; init; }

    /// <summary>Time only: the days on which the hours are given, both included; null: no bound.</summary>
    public DateOnly? TimeFrom { get; init; }
    public DateOnly? TimeTo { get; init; }

    /// <summary>The day that an import states as that of the pledge.</summary>
    public DateOnly? PledgedOn { get; init; }

    /// <summary>The line's share of a stated value; null when none was stated.</summary>
    public Pledges.StatedValue? Stated { get; init; }

    /// <param name="posted">As a posting counts it: what is pledged or moved in is where units come from, posted negative and kept positive.</param>
    internal Line Add(Account account, long posted) => account switch
    {
        Account.Pledged => this with { Amount = Amount - posted },
        Account.Unallocated => this with { Unallocated = Unallocated + posted },
        Account.MovedOut => this with { MovedOut = MovedOut + posted },
        Account.MovedIn => this with { MovedIn = MovedIn - posted },
        Account.Withdrawn => this with { Withdrawn = Withdrawn + posted },
        Account.WrittenOff => this with { WrittenOff = WrittenOff + posted },
        _ => throw new ArgumentOutOfRangeException(nameof(account), account, "It is kept per part."),
    };
}

/// <param name="Id">Names the pledge, the line's state and the way, so that no two sendings share it.</param>
/// <param name="Done">The other partition has journaled it.</param>
public sealed record Sending(string Id, string Area, long Minor, bool Done)
{
    /// <summary>The need that staff move it to; null: it is placed where it arrives like any other.</summary>
    public PartRef? Target { get; init; }

    /// <summary>How much of it the partner had confirmed; it is committed at the target.</summary>
    public long Committed { get; init; }

    /// <summary>Why staff move it, in their words.</summary>
    public string? Reason { get; init; }

    /// <summary>The needs that a rebalance found for it; where one has no room any more, or none is named, it is placed like any other units.</summary>
    public IReadOnlyList<PlannedPlace>? Places { get; init; }

    /// <summary>The rebalance whose reserved room it may use.</summary>
    public string? For { get; init; }

    /// <summary>Until then the rebalance that sent it takes it in itself, once its place is free; afterwards anybody does.</summary>
    public DateTimeOffset? HeldUntil { get; init; }

    public bool IsHeld(DateTimeOffset now) => !Done && HeldUntil > now;
}

/// <param name="Minor">In the pledge's unit.</param>
/// <param name="Value">What it is to count there, in the need's unit.</param>
/// <param name="Because">What the partner reads of the move; null: nothing beside the usual reasons.</param>
public sealed record PlannedPlace(PartRef Need, long Minor, long Value, Reason? Because);

/// <summary>Units that are held back for a rebalance; they stay unallocated, and are the first to go when the pledge is withdrawn.</summary>
/// <param name="For">The rebalance's id.</param>
/// <param name="Until">Afterwards whoever comes by frees them.</param>
public sealed record Parking(string For, long Minor, DateTimeOffset Until);
