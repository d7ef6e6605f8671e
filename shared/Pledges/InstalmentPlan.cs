using FundingFlow.Money;

namespace FundingFlow.Pledges;

/// <summary>Spreads what was committed over a pledge's schedule.</summary>
public static class InstalmentPlan
{
    /// <summary>
    /// What of a commitment is still to come, by due date: committed and received together are split like the schedule
    /// (largest remainder), and what was received settles the earliest instalments first. The parts sum to
    /// <paramref name="committed"/> exactly; all amounts are in the same unit, which need not be the schedule's.
    /// </summary>
    public static IReadOnlyList<Instalment> StillDue(IReadOnlyList<Instalment> schedule, long committed, long received)
    {
        var byDate = schedule.OrderBy(instalment => instalment.DueOn).ToList();
        var parts = Split.LargestRemainder(committed + received, [.. byDate.Select(instalment => instalment.Minor)]);
        var toSettle = received;
        var due = new List<Instalment>();
        for (var i = 0; i < parts.Length; i++)
        {
            var settled = Math.Min(toSettle, parts[i]);
            toSettle -= settled;
            if (parts[i] > settled) due.Add(new Instalment(byDate[i].DueOn, parts[i] - settled));
        }

        return due;
    }
}
