using FundingFlow.Ledger;
using FundingFlow.Money;
using FundingFlow.Projects;

namespace FundingFlow.Sustainability;

/// <summary>
/// Where a project stands, in smallest units of its currency: its money needs, and what stands against them. Goods and
/// hours are not in it. Funding = committed + received; what is only proposed is no funding.
/// </summary>
public sealed record ProjectFigures(
    Project Project, long Requirement, long Proposed, long Committed, long Received,
    DateOnly? SecuredUntil, int? RunwayDays, DateOnly? PlanEndsBefore, long Planned, long Expected)
{
    public long Funding => Committed + Received;
    public long Gap => Requirement - Funding;

    /// <summary>
    /// Committed, past its due date and not received. It is among <see cref="Expected"/>, since it is owed; the runway does not count on it.
    /// </summary>
    public long Arrears { get; init; }

    /// <summary>What the plan still lacks to its end; not below 0.</summary>
    public long Missing => Math.Max(0, Planned - Expected);

    /// <summary>Whole percent, rounded down, so that 100 means all of it; null when no money is required.</summary>
    public long? CoveragePercent => Requirement > 0 ? (long)((Int128)Funding * 100 / Requirement) : null;

    /// <summary>A plan that is over is not pressing any more, however it ended.</summary>
    public int Urgency => IsOver ? 1 : Sustainability.Urgency.Of(RunwayDays);

    public bool IsOver { get; init; }

    public static ProjectFigures Of(
        Project project, IEnumerable<Position> positions, IEnumerable<FundedPart> parts, DateOnly today, Func<DateTimeOffset, DateOnly> dayOf)
    {
        var money = positions.Where(position => IsOf(project, position.Unit)).ToList();
        var (inflows, arrears) = ExpectedInflow.Of(parts.Where(part => IsOf(project, part.Allocation.NeedUnit)), today, dayOf);
        var overdue = arrears.Sum(instalment => instalment.Minor);
        var plan = new SpendingPlan(project.Budget, today);
        var securedUntil = Runway.SecuredUntil(plan, inflows, today);
        return new ProjectFigures(
            project, money.Sum(p => p.Required), money.Sum(p => p.Proposed), money.Sum(p => p.Committed), money.Sum(p => p.Received),
            securedUntil, Runway.Days(securedUntil, today), plan.EndsBefore, plan.Total, inflows.Sum(inflow => inflow.Minor) + overdue)
        {
            Arrears = overdue,
            IsOver = plan.EndsBefore <= today,
        };
    }

    /// <summary>"RWF 1250" or "EUR 1250.00": for staff, the same in every language.</summary>
    public string Money(long minor) => $"{Project.Currency} {Decimals.Write(minor, Currency.Of(Project.Currency).Exponent)}";

    private static bool IsOf(Project project, Unit unit) => unit.IsMoney && unit.Code == project.Currency;
}
