using FundingFlow.Ledger;

namespace FundingFlow.Matching;

/// <summary>A need while one line is being placed. Orders by who gets the next unit: the least comes first.</summary>
internal sealed class Candidate : IComparable<Candidate>
{
    private readonly PlacingPolicy policy;

    public Candidate(Position need, int fit, PlacingPolicy policy)
    {
        this.policy = policy;
        Need = need;
        Fit = fit;
        Filled = need.Filled;
        Tranche = policy.Next(need, Filled);
        FirstTranche = Tranche;
    }

    public Position Need { get; }
    public int Fit { get; }
    public long Filled { get; private set; }
    public Tranche? Tranche { get; private set; }

    /// <summary>Where the first unit landed, or would have.</summary>
    public Tranche? FirstTranche { get; }
    public Placed Taken { get; private set; }
    public bool Overfills { get; set; }

    /// <summary>When it first got something.</summary>
    public int Turn { get; private set; } = int.MaxValue;

    public void Take(Placed part, int turn)
    {
        Taken += part;
        Filled = checked(Filled + part.Value);
        Tranche = policy.Next(Need, Filled);
        Turn = Math.Min(Turn, turn);
    }

    public int CompareTo(Candidate? other)
    {
        if (other is null) return -1;
        var byWeight = (other.Tranche?.Weight ?? 0).CompareTo(Tranche?.Weight ?? 0);
        if (byWeight != 0) return byWeight;
        var byFit = other.Fit.CompareTo(Fit);
        if (byFit != 0) return byFit;
        var byBegun = (Filled == 0).CompareTo(other.Filled == 0);
        if (byBegun != 0) return byBegun;
        var byProject = string.CompareOrdinal(Need.ProjectId, other.Need.ProjectId);
        return byProject != 0 ? byProject : string.CompareOrdinal(Need.NeedId, other.Need.NeedId);
    }
}
