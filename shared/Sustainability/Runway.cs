namespace FundingFlow.Sustainability;

/// <summary>How long the money lasts.</summary>
public static class Runway
{
    /// <summary>
    /// The first day on which spending from the plan's start through that day exceeds all inflow through that day; null
    /// when that never happens, or without a budget. What has arrived by <paramref name="today"/> counts from the plan's
    /// first day: a shortfall that later money mended is history. So a day in the past means that planned spending is
    /// still above what has come in.
    /// </summary>
    public static DateOnly? SecuredUntil(SpendingPlan plan, IReadOnlyCollection<Inflow> inflows, DateOnly today)
    {
        // Between two edges inflow stands still and spending only grows, so the first such stretch that ends short holds the day.
        var coming = inflows.Where(inflow => inflow.On > today).ToList();
        var edges = plan.Edges.Concat(coming.Select(inflow => inflow.On)).Distinct().Order().ToList();
        for (var i = 0; i + 1 < edges.Count; i++)
        {
            var available = inflows.Where(inflow => inflow.On <= today || inflow.On <= edges[i]).Sum(inflow => inflow.Minor);
            if (plan.Before(edges[i + 1]) > available) return FirstDayAbove(plan, available, edges[i], edges[i + 1]);
        }

        return null;
    }

    /// <summary>From <paramref name="today"/> to the day the money ends; 0 once that has come, null when it never comes.</summary>
    public static int? Days(DateOnly? securedUntil, DateOnly today)
        => securedUntil is { } until ? Math.Max(0, until.DayNumber - today.DayNumber) : null;

    private static DateOnly FirstDayAbove(SpendingPlan plan, long available, DateOnly from, DateOnly to)
    {
        var (low, high) = (from.DayNumber, to.DayNumber - 1);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (plan.Before(DateOnly.FromDayNumber(middle + 1)) > available) high = middle;
            else low = middle + 1;
        }

        return DateOnly.FromDayNumber(low);
    }
}
