using FundingFlow.Ledger;

namespace FundingFlow.Matching;

/// <summary>A need that a line may go to, as found before anything is given out.</summary>
/// <param name="Table">Which of the areas' tables it stands in, from 0.</param>
/// <param name="Weight">Of the tranche that the next unit would land in; 0 where the need is full.</param>
/// <param name="Bar">Excluded or dates: it is known for the reasons only, and gets nothing.</param>
/// <param name="IsPossible">The line's units can be counted there: money has its rates.</param>
/// <param name="Lacks">The project has no support yet from the donor's sector.</param>
/// <param name="IsBegun">The line has a part here already: it may grow by any amount.</param>
/// <param name="IsEmpty">Nothing lies there yet.</param>
internal readonly record struct Choice(Position Need, int Table, int Weight, int Fit, Bar Bar, bool IsPossible, bool Lacks, bool IsBegun, bool IsEmpty)
{
    /// <summary>Weight, then fit, then begun, in one number: the greatest comes first, where parts may be of any size.</summary>
    public long Order { get; } = ((long)Weight << 32) | ((long)Fit << 1) | (IsEmpty ? 0L : 1L);

    /// <summary>What a rebalance keeps room for is as good as there.</summary>
    public static long FilledOf(Position need) => need.Filled + need.Reserved;

    /// <summary>As long as the line has put nothing there. Not for a need that is full.</summary>
    /// <param name="chunk">What a new part here is worth at least, in the need's smallest units; 0 where parts may be of any size.</param>
    public Rank RankFor(PlacingPolicy policy, long chunk)
        => IsBegun || chunk == 0 ? new Rank(Weight, 1, Fit, IsEmpty, Need) : new Rank(WeightOf(policy, chunk), chunk, Fit, IsEmpty, Need);

    private long WeightOf(PlacingPolicy policy, long chunk)
    {
        var (weight, filled) = (0L, FilledOf(Need));
        var end = filled + Math.Min(chunk, Need.Room);
        foreach (var tranche in policy.TranchesOf(Need))
            weight = checked(weight + (tranche.Weight * Math.Max(0, Math.Min(tranche.To, end) - Math.Max(tranche.From, filled))));
        return weight;
    }
}

/// <summary>A need while one line is being placed.</summary>
internal sealed class Candidate
{
    private readonly PlacingPolicy policy;

    /// <param name="chunk">As for <see cref="Choice.RankFor"/>.</param>
    public Candidate(Choice choice, PlacingPolicy policy, long chunk)
    {
        this.policy = policy;
        (Need, Order, Fit, Lacks, Bar, IsBegun, Filled) = (choice.Need, choice.Order, choice.Fit, choice.Lacks, choice.Bar, choice.IsBegun || chunk == 0, Choice.FilledOf(choice.Need));
        FirstTranche = Tranche = policy.Next(Need, Filled);
        Rank = Tranche is null ? null : choice.RankFor(policy, chunk);
    }

    public Position Need { get; }

    /// <summary>Of its choice: as it was found.</summary>
    public long Order { get; }
    public int Fit { get; }
    public bool Lacks { get; }
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

    /// <summary>It could take nothing of what was left, which only becomes less.</summary>
    public bool IsDone { get; set; }

    /// <summary>When it first got something.</summary>
    public int Turn { get; private set; } = int.MaxValue;

    /// <summary>Null where the need is full.</summary>
    public Rank? Rank { get; private set; }

    public void Take(Placed part, int turn)
    {
        Taken += part;
        Filled = checked(Filled + part.Value);
        Tranche = policy.Next(Need, Filled);
        Turn = Math.Min(Turn, turn);
        IsBegun = true;
        Rank = Tranche is { } next ? new Rank(next.Weight, 1, Fit, Filled == 0, Need) : null;
    }
}
