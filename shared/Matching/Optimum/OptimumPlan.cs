namespace FundingFlow.Matching.Optimum;

/// <summary>An optimum of an <see cref="OptimumProblem"/>.</summary>
/// <param name="Parts">By supply id, then by demand; every part is positive, a pair occurs once.</param>
/// <param name="Score">Of the parts; what came before is scored by <see cref="Objective.Of"/>.</param>
/// <param name="Gap">Null when the plan is proven to be optimal: always, unless smallest parts, or caps that a flow cannot carry, met the time limit.</param>
public sealed record OptimumPlan(IReadOnlyList<Current> Parts, Score Score, OptimumGap? Gap, OptimumStatistics Statistics)
{
    public Int128 WeightedMet => Score.WeightedMet;

    public Int128 FitScore => Score.FitScore;

    public Int128 Moved => Score.Moved;
}

/// <summary>The values of a placement at the policy's levels, in the order in which they count.</summary>
/// <param name="WeightedMet">Σ weight × units over the tranches that are filled: more is better.</param>
/// <param name="FitScore">Σ fit × units: more is better.</param>
/// <param name="Moved">Σ max(0, current − new) over pairs: units taken away from where they lie. Less is better; an unplaced unit that becomes placed has not moved.</param>
public readonly record struct Score(Int128 WeightedMet, Int128 FitScore, Int128 Moved);

/// <summary>How far from the optimum a plan may be, at most.</summary>
/// <param name="Level">The first level that is not proven: 1 weighted need, 2 fit, 3 moved.</param>
/// <param name="AtMost">No plan is better than this one at that level, with those above as they are, by more than this.</param>
public readonly record struct OptimumGap(int Level, Int128 AtMost);

/// <summary>What a solution took. <paramref name="Solver"/> is the time inside the solver's own calls, of <paramref name="Whole"/>.</summary>
/// <param name="Nodes">Of the largest graph.</param>
/// <param name="Arcs">Of the largest graph.</param>
/// <param name="Links">Pairs of class and demand, before they were drawn together.</param>
public sealed record OptimumStatistics(TimeSpan Whole, TimeSpan Solver, int Nodes, int Arcs, int Links);
