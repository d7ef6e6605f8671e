namespace FundingFlow.Matching.Optimum;

/// <summary>The exact optimum of the placing policy.</summary>
public static class OptimumSolver
{
    /// <exception cref="ArgumentException">The problem contradicts itself: the message names where.</exception>
    /// <exception cref="OptimumOverflowException">Sums or costs beyond 64 bits.</exception>
    public static OptimumPlan Solve(OptimumProblem problem, OptimumOptions? options = null) =>
        throw new NotSupportedException("Being written on this branch.");
}
