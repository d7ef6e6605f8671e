using FundingFlow.Matching;
using FundingFlow.Matching.Optimum;

namespace FundingFlow.Ledger.Rebalancing;

/// <summary>The room that needs have above what does not move, in the problem's unit.</summary>
internal sealed class DemandBooks
{
    public DemandBooks(IReadOnlyList<Position> bare, CommonUnit common, PlacingPolicy policy)
    {
        var demands = new List<Demand>(bare.Count);
        foreach (var need in bare)
        {
            var tranches = new List<DemandTranche>();
            var filled = common.OfNeed(need, need.Filled);
            foreach (var tranche in policy.TranchesOf(need))
            {
                var (from, to) = (common.OfNeed(need, tranche.From), common.OfNeed(need, tranche.To));
                var met = Math.Clamp(filled, from, to);
                FixedMet += (Int128)(met - from) * tranche.Weight;
                Whole += (Int128)(to - from) * tranche.Weight;
                if (to > met) tranches.Add(new DemandTranche(to - met, tranche.Weight));
            }

            demands.Add(new Demand($"{need.Area}|{need.ProjectId}|{need.NeedId}", tranches, need.ProjectId));
        }

        Demands = demands;
    }

    public IReadOnlyList<Demand> Demands { get; }
    public Int128 FixedMet { get; }
    public Int128 Whole { get; }

    public long RoomOf(int demand) => Demands[demand].Tranches.Sum(tranche => tranche.Room);
}
