using FundingFlow.Ledger;

namespace FundingFlow.Matching;

/// <summary>A need that a line may go to, as found before anything is given out.</summary>
/// <param name="Bar">Excluded or dates: it is known for the reasons only, and gets nothing.</param>
/// <param name="IsBegun">The line has a part here already: it may grow by any amount.</param>
internal readonly record struct Choice(Position Need, int Fit, Bar Bar, bool IsBegun);

/// <summary>A need while one line is being placed. Orders by who gets the next unit: the least comes first.</summary>
internal sealed class Candidate : IComparable<Candidate>
{
    private readonly PlacingPolicy policy;

    /// <param name="chunk">What a new part here is worth at least, in the need's smallest units; 0 where parts may be of any size.</param>
    public Candidate(Choice choice, PlacingPolicy policy, long chunk)
    {
        this.policy = policy;
        (Need, Fit, Bar, IsBegun) = (choice.Need, choice.Fit, choice.Bar, choice.IsBegun || chunk == 0);
        // What a rebalance keeps room for is as good as there.
        Filled = Need.Filled + Need.Reserved;
        Tranche = policy.Next(Need, Filled);
        FirstTranche = Tranche;
        NextWeight = IsBegun ? WeightOfTranche() : WeightOf(chunk);
    }

    public Position Need { get; }
    public int Fit { get; }
    public long Filled { get; private set; }
    public Tranche? Tranche { get; private set; }

    /// <summary>Where the first unit landed, or would have.</summary>
    public Tranche? FirstTranche { get; }
    public Placed Taken { get; private set; }
    public bool Overfills { get; set; }

    /// <summary>A part is here, so that what comes next may be of any size.</summary>
    public bool IsBegun { get; private set; }

    /// <summary>Why it gets nothing, or no more, although it has room.</summary>
    public Bar Bar { get; set; }

    /// <summary>When it first got something.</summary>
    public int Turn { get; private set; } = int.MaxValue;

    /// <summary>What the units that come next weigh together, and how many they are: one of a tranche, or a smallest part over several.</summary>
    public (Int128 Weight, Int128 Units) NextWeight { get; private set; }

    public void Take(Placed part, int turn)
    {
        Taken += part;
        Filled = checked(Filled + part.Value);
        Tranche = policy.Next(Need, Filled);
        Turn = Math.Min(Turn, turn);
        IsBegun = true;
        NextWeight = WeightOfTranche();
    }

    public int CompareTo(Candidate? other)
    {
        if (other is null) return -1;
        var byWeight = NextWeight.Units == other.NextWeight.Units
            ? other.NextWeight.Weight.CompareTo(NextWeight.Weight)
            : (other.NextWeight.Weight * NextWeight.Units).CompareTo(NextWeight.Weight * other.NextWeight.Units);
        if (byWeight != 0) return byWeight;
        var byFit = other.Fit.CompareTo(Fit);
        if (byFit != 0) return byFit;
        var byBegun = (Filled == 0).CompareTo(other.Filled == 0);
        if (byBegun != 0) return byBegun;
        var byProject = string.CompareOrdinal(Need.ProjectId, other.Need.ProjectId);
        return byProject != 0 ? byProject : string.CompareOrdinal(Need.NeedId, other.Need.NeedId);
    }

    private (Int128 Weight, Int128 Units) WeightOfTranche() => (Tranche?.Weight ?? 0, 1);

    private (Int128 Weight, Int128 Units) WeightOf(long chunk)
    {
        Int128 weight = 0;
        var end = Filled + Math.Min(chunk, Need.Room);
        foreach (var tranche in policy.TranchesOf(Need))
            weight += (Int128)tranche.Weight * Math.Max(0, Math.Min(tranche.To, end) - Math.Max(tranche.From, Filled));
        return (weight, chunk);
    }
}
