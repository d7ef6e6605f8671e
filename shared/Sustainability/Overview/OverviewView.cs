using System.Numerics;
using FundingFlow.Money;

namespace FundingFlow.Sustainability.Overview;

/// <param name="Total">Money over all areas, in the reporting currency.</param>
/// <param name="WithoutRate">Currencies that no rate is known for: what is in them is in no total.</param>
/// <param name="Ending">Projects whose money does not last, the soonest first.</param>
/// <param name="Alerts">Open ones, the severest first.</param>
/// <param name="Areas">Largest gap first; likewise <paramref name="Projects"/>.</param>
/// <param name="Waiting">What of pledges lies at no need, the oldest first.</param>
/// <param name="Failed">Messages that could not be handled and that nobody has looked at.</param>
public sealed record OverviewView(
    DateOnly Today, Funding Total, IReadOnlyList<string> WithoutRate,
    IReadOnlyList<EndingProject> Ending, IReadOnlyList<OpenAlert> Alerts,
    IReadOnlyList<GapOf> Areas, IReadOnlyList<GapOf> Projects,
    IReadOnlyList<WaitingLine> Waiting, int Failed);

/// <summary>Where something stands, in smallest units of one unit. Sums of many, so they are not bound to a long.</summary>
/// <param name="Outstanding">Pledged and not committed yet: never counted as funding.</param>
public sealed record Funding(Unit Unit, BigInteger Required, BigInteger Outstanding, BigInteger Committed, BigInteger Received)
{
    /// <summary>Confirmed under conditions that are not met: neither outstanding nor funding.</summary>
    public BigInteger Conditional { get; init; }

    public BigInteger Funded => Committed + Received;

    /// <summary>Negative when over-funded: that stays visible.</summary>
    public BigInteger Gap => Required - Funded;

    /// <summary>Of a thousand, rounded down, so that full means full; null when nothing is required.</summary>
    public int? Permille => Required > 0 ? (int)BigInteger.Min(int.MaxValue, Funded * 1000 / Required) : null;
}

/// <summary>An area or a project and what it lacks.</summary>
/// <param name="Place">A project's city; empty for an area.</param>
/// <param name="Money">All its money needs in the reporting currency; null when it asks for none, or no rate is known.</param>
/// <param name="Units">Per currency, item and skill.</param>
public sealed record GapOf(string Id, string Name, string Place, Funding? Money, IReadOnlyList<Funding> Units, DateOnly? SecuredUntil = null);

/// <param name="SecuredUntil">The first day on which planned spending outruns expected inflow.</param>
public sealed record EndingProject(string Id, string Title, string Place, DateOnly SecuredUntil)
{
    /// <summary>0 once the day has come.</summary>
    public int DaysLeft(DateOnly today) => Math.Max(0, SecuredUntil.DayNumber - today.DayNumber);
}

public enum AlertWeight { Critical, Warning, Watch }

/// <param name="Kind">What kind of alert, in words.</param>
/// <param name="Subject">The project, partner or area that it is about.</param>
/// <param name="Acknowledged">Somebody is on it.</param>
/// <param name="Figures">What led to it.</param>
/// <param name="Advice">What staff can do.</param>
public sealed record OpenAlert(
    AlertWeight Weight, string Kind, string Subject, bool Acknowledged, IReadOnlyList<AlertFigure> Figures, string Advice, DateOnly OpenedOn);

/// <summary>One figure that led to an alert, named in words.</summary>
public sealed record AlertFigure(string Name, string Value);

/// <param name="Area">Null: it stands in no area yet.</param>
/// <param name="Why">A code such as <c>no-need</c>; null while it is being placed.</param>
public sealed record WaitingLine(string PledgeId, string Partner, string? Area, Amount Amount, DateOnly Since, string? Why);
