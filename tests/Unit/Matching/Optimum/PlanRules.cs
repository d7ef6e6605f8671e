using FundingFlow.Matching.Optimum;

namespace FundingFlow.Tests.Unit.Matching.Optimum;

/// <summary>What every plan keeps, checked from the problem alone.</summary>
internal static class PlanRules
{
    public static void Hold(OptimumProblem problem, OptimumPlan plan)
    {
        Assert.Equal(plan.Parts.Count, plan.Parts.DistinctBy(part => (part.Supply, part.Demand)).Count());
        Assert.Equal(plan.Parts, plan.Parts.OrderBy(part => problem.Supplies[part.Supply].Id, StringComparer.Ordinal).ThenBy(part => part.Demand));
        foreach (var part in plan.Parts)
        {
            Assert.True(part.Units > 0 && part.Units >= problem.Supplies[part.Supply].SmallestPart);
            Assert.Contains(problem.Links, link => link.Class == problem.Supplies[part.Supply].Class && link.Demand == part.Demand);
        }

        foreach (var parts in plan.Parts.GroupBy(part => part.Supply)) Assert.True(parts.Sum(part => part.Units) <= problem.Supplies[parts.Key].Units);
        for (var s = 0; s < problem.Supplies.Count; s++) Assert.True(plan.Parts.Where(part => part.Supply == s).Sum(part => part.Units) >= problem.Supplies[s].MustPlace);
        foreach (var parts in plan.Parts.GroupBy(part => part.Demand)) Assert.True(parts.Sum(part => part.Units) <= problem.Demands[parts.Key].Tranches.Sum(tranche => tranche.Room));
        foreach (var cap in problem.Caps)
            Assert.True(plan.Parts.Where(part => problem.Supplies[part.Supply].Partner == cap.Partner && problem.Demands[part.Demand].Project == cap.Project).Sum(part => part.Units) <= cap.Units);
    }

    /// <summary>Whether the parts, seen as edges between supplies and demands, hold no cycle.</summary>
    public static bool IsForest(OptimumPlan plan)
    {
        var tree = new Dictionary<string, string>();
        foreach (var part in plan.Parts)
        {
            var (supply, demand) = (Root($"s{part.Supply}"), Root($"d{part.Demand}"));
            if (supply == demand) return false;
            tree[supply] = demand;
        }

        return true;

        string Root(string node) => tree.TryGetValue(node, out var up) ? Root(up) : node;
    }
}
