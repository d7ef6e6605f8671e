using System.Diagnostics;
using FundingFlow.Matching.Optimum;
using Google.OrTools.Graph;

namespace FundingFlow.Benchmarks;

/// <summary>
/// The bare solver on a problem without smallest parts, caps and currents, as one would hand it over without further thought: a node for each class and demand, an arc for each
/// link. The most weighted need first and of those the best fit, in one cost.
/// </summary>
internal static class BareFlow
{
    /// <returns>Σ weight × units, Σ fit × units, and how long handing over, solving and reading the flows took.</returns>
    public static (Int128 WeightedMet, Int128 Fit, TimeSpan Took) Solve(OptimumProblem problem)
    {
        var (links, demands) = (problem.Links, problem.Demands);
        var classes = problem.Supplies.GroupBy(supply => supply.Class).Select((of, node) => (of.Key, Node: node, Units: of.Sum(supply => supply.Units), Must: of.Sum(supply => supply.MustPlace))).ToDictionary(of => of.Key);
        var (sink, above) = (classes.Count + demands.Count, ((long)demands.Count * links.Max(link => link.Fit)) + 1);
        var started = Stopwatch.GetTimestamp();
        using var flow = new MinCostFlow(sink + 1, links.Count + classes.Count + (3 * demands.Count));
        foreach (var (_, node, units, must) in classes.Values)
        {
            flow.SetNodeSupply(node, units);
            flow.AddArcWithCapacityAndUnitCost(node, sink, units - must, 0);
        }

        flow.SetNodeSupply(sink, -classes.Values.Sum(of => of.Units));
        var arcs = new int[links.Count];
        for (var i = 0; i < arcs.Length; i++) arcs[i] = flow.AddArcWithCapacityAndUnitCost(classes[links[i].Class].Node, classes.Count + links[i].Demand, classes[links[i].Class].Units, -links[i].Fit);
        var filling = demands.SelectMany((demand, d) => demand.Tranches.Select(tranche
            => (tranche.Weight, Arc: flow.AddArcWithCapacityAndUnitCost(classes.Count + d, sink, tranche.Room, -above * tranche.Weight)))).ToList();
        if (flow.Solve() != MinCostFlowBase.Status.OPTIMAL) throw new InvalidOperationException("The bare solver found no optimum.");
        var (met, fit) = ((Int128)0, (Int128)0);
        for (var i = 0; i < arcs.Length; i++) fit += (Int128)flow.Flow(arcs[i]) * links[i].Fit;
        foreach (var (weight, arc) in filling) met += (Int128)flow.Flow(arc) * weight;
        return (met, fit, Stopwatch.GetElapsedTime(started));
    }
}
