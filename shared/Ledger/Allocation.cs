using FundingFlow.Money;

namespace FundingFlow.Ledger;

/// <summary>Why a part went where it did: a stable code and a sentence for the donor.</summary>
public sealed record Reason(string Code, string Text)
{
    /// <summary>
    /// What the sentence speaks of, by name, so that it can be said in another language too: <c>project</c>, <c>title</c>, <c>amount</c> with its
    /// <c>unit</c>, <c>decided</c>, … Null: nothing but the code.
    /// </summary>
    public IReadOnlyDictionary<string, string>? Data { get; init; }
}

/// <summary>The placing of part of a pledge line on one need.</summary>
public sealed record Allocation(
    string Area, string PledgeId, string PartnerId, string ProjectId, string NeedId, Unit Unit, Unit NeedUnit,
    Placed Proposed, Placed Committed, Placed Received, IReadOnlyList<Reason> Reasons, DateTimeOffset At)
{
    public int V { get; init; } = 1;
    public DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>The partner's sector, for the conditions of others; null where it was not kept: then it is nobody's match.</summary>
    public Partners.Sector? Sector { get; init; }

    /// <summary>The pledge's conditions; all must hold.</summary>
    public IReadOnlyList<Pledges.MatchCondition> Conditions { get; init; } = [];

    /// <summary>When its partner was first told of it by a digest; null: not yet. A rebalance leaves it alone for a while after.</summary>
    public DateTimeOffset? ToldAt { get; init; }

    /// <summary>Confirmed under a condition that is not met (or no more).</summary>
    public Placed Conditional { get; init; }

    /// <summary>The partner is not to be named to others.</summary>
    public bool Anonymous { get; init; }

    public string Id => LedgerKeys.AllocationId(Area, PledgeId, ProjectId, NeedId);
    /// <summary>What the partner confirmed, firm or not, with what has arrived.</summary>
    public Placed Confirmed => Conditional + Committed + Received;
    public Placed Total => Proposed + Conditional + Committed + Received;
    public string Status => Proposed.Minor > 0 ? "proposed" : Conditional.Minor > 0 ? "conditional" : Committed.Minor > 0 ? "committed" : "received";

    internal bool IsNegative => Proposed.Minor < 0 || Conditional.Minor < 0 || Committed.Minor < 0 || Received.Minor < 0;

    /// <exception cref="ArgumentOutOfRangeException">The account is not one of a part's.</exception>
    public Placed In(Account account) => account switch
    {
        Account.Proposed => Proposed,
        Account.Conditional => Conditional,
        Account.Committed => Committed,
        Account.Received => Received,
        _ => throw new ArgumentOutOfRangeException(nameof(account), account, "A part has no such account."),
    };

    internal Allocation Add(Account account, Placed amount) => account switch
    {
        Account.Proposed => this with { Proposed = Proposed + amount },
        Account.Conditional => this with { Conditional = Conditional + amount },
        Account.Committed => this with { Committed = Committed + amount },
        Account.Received => this with { Received = Received + amount },
        _ => throw new ArgumentOutOfRangeException(nameof(account), account, "A part has no such account."),
    };
}
