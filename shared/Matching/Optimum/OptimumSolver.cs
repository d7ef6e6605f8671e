namespace FundingFlow.Matching.Optimum;

/// <summary>
/// The exact optimum of the placing policy: level after level, the same problem always the same plan, whatever the order of
/// supplies, links, currents and caps (the order of demands is their rank).
/// </summary>
public static class OptimumSolver
{
    /// <exception cref="ArgumentException">The problem contradicts itself: the message names where.</exception>
    /// <exception cref="OptimumOverflowException">Sums or costs beyond 64 bits.</exception>
    public static OptimumPlan Solve(OptimumProblem problem, OptimumOptions? options = null)
    {
        options ??= new OptimumOptions();
        var clock = new SolverClock();
        var instance = Instance.Of(problem);
        var relaxation = Relaxation.Of(instance, options.HubsAbove, clock);
        var parts = relaxation.Parts;
        OptimumGap? gap = null;
        var broken = relaxation.Broken();
        if (broken.Count > 0)
        {
            var components = Component.Of(instance).Where(component => component.Supplies.Any(broken.Contains)).ToList();
            foreach (var component in components)
            {
                var relaxed = component.Of(parts);
                var (solved, open) = PartsSearch.Of(component, relaxed, options with { TimeLimit = options.TimeLimit / components.Count }, clock);
                foreach (var pair in relaxed.Keys) parts.Remove(pair);
                foreach (var (pair, units) in PartCycles.Break(instance, solved)) parts[pair] = units;
                gap = Together(gap, open);
            }
        }

        var placed = parts.Select(part => new Current(instance.Order[part.Key.Supply], part.Key.Demand, part.Value)).ToArray();
        return new OptimumPlan(placed, Objective.Of(problem, placed), gap, clock.Statistics(instance.Links));
    }

    /// <summary>Components add up at the first level at which one is open.</summary>
    private static OptimumGap? Together(OptimumGap? one, OptimumGap? other)
    {
        if (one is not { } a) return other;
        if (other is not { } b) return one;
        return a.Level == b.Level ? new OptimumGap(a.Level, a.AtMost + b.AtMost) : a.Level < b.Level ? a : b;
    }
}
