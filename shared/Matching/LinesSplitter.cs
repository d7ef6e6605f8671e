using FundingFlow.Ledger;
using FundingFlow.Pledges;

namespace FundingFlow.Matching;

/// <summary>Splits several lines one after the other: each finds the needs as those before it leave them.</summary>
public static class LinesSplitter
{
    /// <returns>One split per line, in order.</returns>
    public static IReadOnlyList<IReadOnlyList<LineSplit>> Split(IEnumerable<Line> lines, IEnumerable<Position> needsOfAllAreas, PlacingPolicy policy, DateOnly today)
    {
        var needs = needsOfAllAreas.ToDictionary(need => (need.Area, need.Ref));
        var splits = new List<IReadOnlyList<LineSplit>>();
        foreach (var line in lines)
        {
            var plan = Placement.Of(line, needs.Values, policy, today, overfill: true);
            foreach (var part in plan.Parts)
            {
                var key = (part.Need.Area, part.Need.Ref);
                needs[key] = needs[key] with { Proposed = checked(needs[key].Proposed + part.Amount.Value) };
            }

            splits.Add(LineSplitter.Of(plan));
        }

        return splits;
    }
}
