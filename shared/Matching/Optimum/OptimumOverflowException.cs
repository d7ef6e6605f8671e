namespace FundingFlow.Matching.Optimum;

/// <summary>The problem's sums or costs are beyond what 64-bit solvers compute exactly. Nothing was solved; halve the problem or its units.</summary>
public sealed class OptimumOverflowException(string message) : Exception(message);
