using FundingFlow.Projects;

namespace FundingFlow.Sustainability;

/// <summary>
/// Planned spending per day: each budget period is spread evenly from its first day (included) to its end (excluded),
/// the running sum rounded down to smallest units. What was really spent replaces the plan: in a period that is over it is
/// all there was; in one that runs it was spent until today, and the rest of the plan is spread over the days left.
/// </summary>
public sealed class SpendingPlan
{
    private readonly List<Stretch> stretches;

    public SpendingPlan(IReadOnlyList<BudgetPeriod> budget, DateOnly today)
        => stretches = [.. budget.SelectMany(period => StretchesOf(period, today))];

    /// <summary>All that is to be spent, and was.</summary>
    public long Total => stretches.Sum(stretch => stretch.Amount);

    /// <summary>The day after the last planned one; null without a budget.</summary>
    public DateOnly? EndsBefore => stretches.Count == 0 ? null : stretches.Max(stretch => stretch.To);

    /// <summary>The days on which the rate of spending changes.</summary>
    public IEnumerable<DateOnly> Edges => stretches.SelectMany(stretch => new[] { stretch.From, stretch.To });

    /// <summary>What is to be spent on all days before <paramref name="day"/>.</summary>
    public long Before(DateOnly day) => stretches.Sum(stretch => stretch.Before(day));

    private static IEnumerable<Stretch> StretchesOf(BudgetPeriod period, DateOnly today)
    {
        var to = period.To > period.From ? period.To : period.From.AddDays(1);
        return period.Spent switch
        {
            null => [new Stretch(period.From, to, period.Amount)],
            { } spent when to <= today => [new Stretch(period.From, to, spent)],
            { } spent when period.From >= today => [new Stretch(period.From, to, Math.Max(spent, period.Amount))],
            { } spent => [new Stretch(period.From, today, spent), new Stretch(today, to, Math.Max(0, period.Amount - spent))],
        };
    }

    private readonly record struct Stretch(DateOnly From, DateOnly To, long Amount)
    {
        public long Before(DateOnly day)
        {
            var days = To.DayNumber - From.DayNumber;
            var passed = Math.Clamp(day.DayNumber - From.DayNumber, 0, days);
            return (long)((Int128)Amount * passed / days);
        }
    }
}
