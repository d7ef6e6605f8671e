using FundingFlow.Matching.Optimum;

namespace FundingFlow.Tests.Unit.Matching.Optimum;

/// <summary>Problems so small that every placement there is can be looked at: no solver is trusted.</summary>
public class OptimumOfAllPlacementsTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Of_all_placements_of_three_hundred_tiny_problems_none_is_better(bool hasSmallestParts)
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var problem = RandomProblem.Of(seed, hasSmallestParts, isTiny: true);
            var plan = OptimumSolver.Solve(problem);
            PlanRules.Hold(problem, plan);
            Assert.Equal((seed, new AllPlacements(problem).Best()), (seed, AllPlacements.ValueOf(problem, plan.Parts)));
        }
    }
}

/// <summary>Goes through all placements, supply by supply and demand by demand.</summary>
internal sealed class AllPlacements(OptimumProblem problem)
{
    private readonly List<Current> parts = [];
    private readonly long[] room = [.. problem.Demands.Select(demand => demand.Tranches.Sum(tranche => tranche.Room))];
    private readonly long[] capped = [.. problem.Caps.Select(cap => cap.Units)];
    private (Int128 Met, Int128 Fit, Int128 Stayed, long Ranks)? best;

    public (Int128 Met, Int128 Fit, Int128 Stayed, long Ranks) Best()
    {
        GoOn(0, 0, problem.Supplies[0].Units);
        return best!.Value;
    }

    /// <summary>The greatest is the best: the levels in their order, what is to be little as a negative number.</summary>
    public static (Int128 Met, Int128 Fit, Int128 Stayed, long Ranks) ValueOf(OptimumProblem problem, IReadOnlyList<Current> parts)
    {
        var score = Objective.Of(problem, parts);
        return (score.WeightedMet, score.FitScore, -score.Moved, -parts.Sum(part => part.Demand * part.Units));
    }

    private void GoOn(int s, int d, long left)
    {
        if (s == problem.Supplies.Count)
        {
            var value = ValueOf(problem, parts);
            if (best is null || value.CompareTo(best.Value) > 0) best = value;
            return;
        }

        if (d == problem.Demands.Count)
        {
            GoOn(s + 1, 0, s + 1 < problem.Supplies.Count ? problem.Supplies[s + 1].Units : 0);
            return;
        }

        GoOn(s, d + 1, left);
        var supply = problem.Supplies[s];
        if (!problem.Links.Any(link => link.Class == supply.Class && link.Demand == d)) return;
        List<int> caps = [.. Enumerable.Range(0, capped.Length).Where(c => problem.Caps[c].Partner == supply.Partner && problem.Caps[c].Project == problem.Demands[d].Project)];
        for (var units = Math.Max(1, supply.SmallestPart); units <= Math.Min(left, room[d]) && caps.TrueForAll(c => units <= capped[c]); units++)
        {
            parts.Add(new Current(s, d, units));
            room[d] -= units;
            foreach (var c in caps) capped[c] -= units;
            GoOn(s, d + 1, left - units);
            foreach (var c in caps) capped[c] += units;
            room[d] += units;
            parts.RemoveAt(parts.Count - 1);
        }
    }
}
