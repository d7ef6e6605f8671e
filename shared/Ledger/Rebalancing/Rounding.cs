using FundingFlow.Matching.Optimum;

namespace FundingFlow.Ledger.Rebalancing;

/// <summary>
/// With several currencies a plan is exact in the common unit, and the books follow it to a smallest unit of the pledge and one of the
/// need for each part. A gain below what that can add up to is none.
/// </summary>
internal static class Rounding
{
    public static Score Of(OptimumProblem problem, IReadOnlyList<SupplyBooks> supplies, IReadOnlyList<Position> needs, CommonUnit common)
    {
        Int128 units = needs.Aggregate((Int128)0, (sum, need) => sum + common.OfNeed(need, 1) + 2);
        foreach (var supply in supplies) units += (Int128)(common.OfLine(supply.Line, 1, needs[0]) + 2) * (supply.Lots.Count + 1);
        var weight = problem.Demands.SelectMany(demand => demand.Tranches).Select(tranche => tranche.Weight).DefaultIfEmpty(1).Max();
        var fit = problem.Links.Select(link => link.Fit).DefaultIfEmpty(0).Max();
        return new Score(units * weight, units * fit, units);
    }
}
