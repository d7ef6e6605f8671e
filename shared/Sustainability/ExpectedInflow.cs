using FundingFlow.Ledger;
using FundingFlow.Pledges;

namespace FundingFlow.Sustainability;

/// <summary>Money that has arrived, or is expected, on a day; smallest units of the project's currency.</summary>
public readonly record struct Inflow(DateOnly On, long Minor);

/// <summary>What was committed to a project and received there from one pledge, with that pledge's schedule (empty: none).</summary>
public sealed record FundedPart(Allocation Allocation, IReadOnlyList<Instalment> Schedule);

/// <summary>What a project can count on: received and committed money, never what is only proposed.</summary>
/// <param name="Arrears">Instalments that are past their day and not received, by that day: owed still, and to be counted on only once they come.</param>
public sealed record ExpectedInflow(IReadOnlyList<Inflow> Inflows, IReadOnlyList<Inflow> Arrears)
{
    /// <summary>
    /// Committed money arrives by the due dates of its pledge's schedule, without one on the day it was placed. Values
    /// are those at the need, so pledges in other currencies count at their rate.
    /// </summary>
    public static ExpectedInflow Of(IEnumerable<FundedPart> parts, DateOnly today, Func<DateTimeOffset, DateOnly> dayOf)
    {
        var (inflows, arrears) = (new List<Inflow>(), new List<Inflow>());
        foreach (var (allocation, schedule) in parts)
        {
            var (committed, received) = (allocation.Committed.Value, allocation.Received.Value);
            var placedOn = dayOf(allocation.At);
            if (received > 0) inflows.Add(new Inflow(placedOn, received));
            if (committed <= 0) continue;
            if (schedule.Count == 0) inflows.Add(new Inflow(placedOn, committed));
            else
                foreach (var (dueOn, minor) in InstalmentPlan.StillDue(schedule, committed, received))
                    (dueOn < today ? arrears : inflows).Add(new Inflow(dueOn, minor));
        }

        return new ExpectedInflow(inflows, arrears);
    }
}
