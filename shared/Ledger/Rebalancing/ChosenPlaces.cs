using FundingFlow.Matching.Optimum;

namespace FundingFlow.Ledger.Rebalancing;

/// <summary>
/// The optimum in which what a tight earmark holds keeps a place at the project that its partner chose: a plan that left it without one would
/// count on room that never comes free. Where a search for smallest parts lets one lose its place all the same, it is solved again with that
/// held where it lies. What lies now is such a plan too, so none is worse.
/// </summary>
internal static class ChosenPlaces
{
    /// <summary>Units that a tight earmark holds where they may stay.</summary>
    public static long HeldBy(SupplyBooks supply) => Held(supply).Sum(lot => lot.Units);

    /// <exception cref="OptimumOverflowException">Sums or costs beyond 64 bits.</exception>
    public static OptimumPlan Solve(UnitBooks unit)
    {
        var free = OptimumSolver.Solve(unit.Problem);
        if (LeftBy(unit, free) is not { Count: > 0 } left) return free;
        var plan = Solve(unit, left);
        if (LeftBy(unit, plan).Count > 0) plan = Solve(unit, [.. Enumerable.Range(0, unit.Supplies.Count).SelectMany(s => Lying(unit, s))]);
        return plan with { Gap = GapTo(free, plan) };
    }

    /// <summary>What lies by a tight earmark and would find no other place, whole lots.</summary>
    private static List<Current> LeftBy(UnitBooks unit, OptimumPlan plan)
    {
        var planned = plan.Parts.ToLookup(part => part.Supply);
        var left = new List<Current>();
        for (var s = 0; s < unit.Supplies.Count; s++)
        {
            var lying = Lying(unit, s).ToList();
            if (planned[s].Sum(part => part.Units) >= lying.Sum(part => part.Units)) continue;
            left.AddRange(lying.Where(part => planned[s].Where(other => other.Demand == part.Demand).Sum(other => other.Units) < part.Units));
        }

        return left;
    }

    private static IEnumerable<Current> Lying(UnitBooks unit, int supply) => Held(unit.Supplies[supply]).Select(lot => new Current(supply, lot.Demand, lot.Units));

    private static IEnumerable<Lot> Held(SupplyBooks supply) => supply.Line.Earmark.IsTight ? supply.Lots.Where(lot => lot is { Demand: >= 0, Units: > 0 }) : [];

    private static OptimumPlan Solve(UnitBooks unit, IReadOnlyList<Current> held)
    {
        var plan = OptimumSolver.Solve(Without(unit.Problem, held));
        Current[] parts = [.. plan.Parts.Concat(held).GroupBy(part => (part.Supply, part.Demand))
            .Select(part => new Current(part.Key.Supply, part.Key.Demand, part.Sum(same => same.Units)))
            .OrderBy(part => unit.Problem.Supplies[part.Supply].Id, StringComparer.Ordinal).ThenBy(part => part.Demand)];
        return plan with { Parts = parts, Score = Objective.Of(unit.Problem, parts) };
    }

    /// <summary>What is held has its room, of the heaviest tranches, and is no supply any more.</summary>
    private static OptimumProblem Without(OptimumProblem problem, IReadOnlyList<Current> held)
    {
        var (ofSupply, ofDemand) = (held.ToLookup(part => part.Supply), held.ToLookup(part => part.Demand));
        var places = held.Select(part => (part.Supply, part.Demand)).ToHashSet();
        return problem with
        {
            Supplies = [.. problem.Supplies.Select((supply, s) => supply with { Units = supply.Units - ofSupply[s].Sum(part => part.Units), MustPlace = Math.Max(0, supply.MustPlace - ofSupply[s].Sum(part => part.Units)) })],
            Demands = [.. problem.Demands.Select((demand, d) => demand with { Tranches = [.. Less(demand.Tranches, ofDemand[d].Sum(part => part.Units))] })],
            Currents = [.. problem.Currents.Where(current => !places.Contains((current.Supply, current.Demand)))],
        };
    }

    private static IEnumerable<DemandTranche> Less(IEnumerable<DemandTranche> tranches, long taken)
    {
        foreach (var tranche in tranches)
        {
            var here = Math.Min(taken, tranche.Room);
            taken -= here;
            yield return tranche with { Room = tranche.Room - here };
        }
    }

    /// <summary>No plan is better than the one that was free to leave them.</summary>
    private static OptimumGap? GapTo(OptimumPlan free, OptimumPlan plan)
    {
        var met = free.WeightedMet - plan.WeightedMet + (free.Gap is { Level: 1 } first ? first.AtMost : 0);
        if (met > 0) return new OptimumGap(1, met);
        var fit = free.FitScore - plan.FitScore + (free.Gap is { Level: 2 } second ? second.AtMost : 0);
        return fit > 0 ? new OptimumGap(2, fit) : plan.Gap is { Level: 3 } ? plan.Gap : null;
    }
}
