using FundingFlow.Money;

namespace FundingFlow.Ledger;

/// <summary>Why a part went where it did: a stable code and a sentence for the donor.</summary>
public sealed record Reason(string Code, string Text);

/// <summary>The placing of part of a pledge line on one need.</summary>
public sealed record Allocation(
    string Area, string PledgeId, string PartnerId, string ProjectId, string NeedId, Unit Unit, Unit NeedUnit,
    Placed Proposed, Placed Committed, Placed Received, IReadOnlyList<Reason> Reasons, DateTimeOffset At)
{
    public int V { get; init; } = 1;
    public DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>The partner is not to be named to others.</summary>
    public bool Anonymous { get; init; }

    public string Id => LedgerKeys.AllocationId(Area, PledgeId, ProjectId, NeedId);
    public Placed Total => Proposed + Committed + Received;
    public string Status => Proposed.Minor > 0 ? "proposed" : Committed.Minor > 0 ? "committed" : "received";
}
