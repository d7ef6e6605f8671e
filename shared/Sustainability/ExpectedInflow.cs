using FundingFlow.Ledger;
using FundingFlow.Pledges;

namespace FundingFlow.Sustainability;

/// <summary>Money that has arrived, or is expected, on a day; smallest units of the project's currency.</summary>
public readonly record struct Inflow(DateOnly On, long Minor);

/// <summary>What was committed to a project and received there from one pledge, with that pledge's schedule (empty: none).</summary>
public sealed record FundedPart(Allocation Allocation, IReadOnlyList<Instalment> Schedule);

/// <summary>What a project can count on: received and committed money, never what is only proposed.</summary>
public static class ExpectedInflow
{
    /// <summary>
    /// Committed money arrives by the due dates of its pledge's schedule, without one on the day it was placed. Values
    /// are those at the need, so pledges in other currencies count at their rate.
    /// </summary>
    public static IReadOnlyList<Inflow> Of(IEnumerable<FundedPart> parts, Func<DateTimeOffset, DateOnly> dayOf)
    {
        var inflows = new List<Inflow>();
        foreach (var (allocation, schedule) in parts)
        {
            var (committed, received) = (allocation.Committed.Value, allocation.Received.Value);
            var placedOn = dayOf(allocation.At);
            if (received > 0) inflows.Add(new Inflow(placedOn, received));
            if (committed <= 0) continue;
            if (schedule.Count == 0) inflows.Add(new Inflow(placedOn, committed));
            else inflows.AddRange(InstalmentPlan.StillDue(schedule, committed, received).Select(due => new Inflow(due.DueOn, due.Minor)));
        }

        return inflows;
    }
}
