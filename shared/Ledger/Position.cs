using FundingFlow.Cities;
using FundingFlow.Money;
using FundingFlow.Partners;

namespace FundingFlow.Ledger;

/// <summary>
/// The row of one need in its area: what it requires and what stands against it, all in smallest units of the need's own
/// unit, with the facts about its project that placing asks for.
/// </summary>
/// <param name="Proposed">Allocated, not confirmed. The matcher never lets proposed + conditional + committed + received exceed <paramref name="Required"/>.</param>
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

    /// <summary>The project's title, for the reasons that donors read.</summary>
    public string Title { get; init; } = "";

    /// <summary>The project no longer states this need; what lies here stays visible, nothing more comes.</summary>
    public bool Gone { get; init; }

    /// <summary>The project is closed: it takes nothing more; commitments stay visible.</summary>
    public bool Closed { get; init; }

    /// <summary>Counts how often the need was stated, from 1.</summary>
    public int Statement { get; init; } = 1;

    /// <summary>Confirmed under conditions that are not met: it holds its room, and is no funding.</summary>
    public long Conditional { get; init; }

    /// <summary>Something was confirmed here under a condition, at some time: the project's parts are settled when they change.</summary>
    public bool HasConditions { get; init; }

    public PartRef Ref => new(ProjectId, NeedId);
    public long Funding => Committed + Received;
    public long Filled => Proposed + Conditional + Committed + Received;

    /// <summary>Room that a running rebalance keeps for what is on its way here; null: none.</summary>
    public IReadOnlyList<Reservation>? Reservations { get; init; }

    public long Reserved => Reservations?.Sum(reservation => reservation.Value) ?? 0;

    /// <summary>What the matcher may still place here; never negative.</summary>
    public long Room => Math.Max(0, Required - Filled - Reserved);

    public long ReservedFor(string rebalance) => Reservations?.FirstOrDefault(r => r.For == rebalance)?.Value ?? 0;

    /// <summary>Sets what is kept for one rebalance; 0 ends it.</summary>
    internal Position Reserve(string rebalance, long value, DateTimeOffset until)
    {
        List<Reservation> kept = [.. (Reservations ?? []).Where(r => r.For != rebalance)];
        if (value > 0) kept.Add(new Reservation(rebalance, value, until));
        return this with { Reservations = kept.Count == 0 ? null : kept };
    }

    internal Position Add(Account account, long value) => account switch
    {
        Account.Proposed => this with { Proposed = Proposed + value },
        Account.Conditional => this with { Conditional = Conditional + value },
        Account.Committed => this with { Committed = Committed + value },
        Account.Received => this with { Received = Received + value },
        _ => throw new ArgumentOutOfRangeException(nameof(account), account, "A need has no such account."),
    };
}

/// <summary>Room kept for a rebalance's parts under way, in the need's unit. It counts as taken until it is used or cleared.</summary>
/// <param name="For">The rebalance's id.</param>
/// <param name="Until">Afterwards whoever comes by clears it.</param>
public sealed record Reservation(string For, long Value, DateTimeOffset Until);
