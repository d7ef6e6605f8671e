using FundingFlow.Matching;
using FundingFlow.Matching.Optimum;

namespace FundingFlow.Ledger.Rebalancing;

/// <summary>What decided a move, for whoever pledged the units.</summary>
internal sealed class MoveReasons
{
    private readonly UnitBooks books;
    private readonly PlacingPolicy policy;
    private readonly long[] filled;

    public MoveReasons(UnitBooks books, OptimumPlan plan, PlacingPolicy policy)
    {
        (this.books, this.policy) = (books, policy);
        filled = new long[books.Needs.Count];
        foreach (var part in plan.Parts) filled[part.Demand] += part.Units;
    }

    /// <returns>One of <see cref="MoveDecided"/>, null where the units do not go from one need to another; and the end of a sentence.</returns>
    public (string? Decided, string Words) Of(int supply, int from, int to)
    {
        if (to < 0) return (null, "other pledges meet this need better, and no need that this one may serve is open");
        if (from < 0) return (null, "a need that it may serve is open");
        var (lost, gained) = (WeightOfNext(from), WeightOfLast(to));
        if (gained > lost && lost > 0) return (MoveDecided.Need, "what it does there is more pressing");
        var donor = books.Supplies[supply].Line.Donor;
        int FitAt(int demand) => Fit.Of(donor, books.Needs[demand], policy, books.Sectors.Lacks(books.Needs[demand], donor.Sector));
        if (FitAt(to) > FitAt(from)) return (MoveDecided.Fit, "you and that project have closer links");
        return lost == 0
            ? (MoveDecided.Room, "a pledge that could serve nothing as well elsewhere takes its place, so that together more of what matters is met")
            : (MoveDecided.Together, "the needs are met better so, all pledges taken together");
    }

    /// <summary>What the next unit would weigh after the plan; 0 when the need is full.</summary>
    private int WeightOfNext(int demand) => At(demand, filled[demand]);

    private int WeightOfLast(int demand) => At(demand, Math.Max(0, filled[demand] - 1));

    private int At(int demand, long units)
    {
        foreach (var tranche in books.Problem.Demands[demand].Tranches)
        {
            if (units < tranche.Room) return tranche.Weight;
            units -= tranche.Room;
        }

        return 0;
    }
}
