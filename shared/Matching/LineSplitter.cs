using FundingFlow.Ledger;
using FundingFlow.Pledges;
using FundingFlow.Projects;

namespace FundingFlow.Matching;

/// <summary>Decides which areas take an unearmarked line: those where its units weigh most. What no area takes stands in <c>any</c>.</summary>
public static class LineSplitter
{
    public static IReadOnlyList<LineSplit> Split(Line line, IEnumerable<Position> needsOfAllAreas, PlacingPolicy policy, DateOnly today)
        => Of(Placement.Of(line, needsOfAllAreas, policy, today, overfill: true));

    internal static IReadOnlyList<LineSplit> Of(PlacementPlan plan)
    {
        var split = plan.Parts.GroupBy(part => part.Need.Area, StringComparer.Ordinal)
            .Select(area => new LineSplit(area.Key, area.Sum(part => part.Amount.Minor)))
            .OrderBy(part => part.Area, StringComparer.Ordinal).ToList();
        if (plan.Left > 0) split.Add(new LineSplit(Areas.Any, plan.Left));
        return split;
    }
}
