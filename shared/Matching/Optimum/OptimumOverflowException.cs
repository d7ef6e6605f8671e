namespace FundingFlow.Matching.Optimum;

/// <summary>The problem's sums or costs are beyond what 64-bit solvers compute exactly. Nothing was solved; halve the problem or its units.</summary>
public sealed class OptimumOverflowException(string message) : Exception(message)
{
    internal static long Unless(Func<long> sum, string what)
    {
        try
        {
            return sum();
        }
        catch (OverflowException)
        {
            throw new OptimumOverflowException($"{what} are beyond 64 bits.");
        }
    }
}
