using System.ComponentModel.DataAnnotations;

namespace FundingFlow.Matching.Optimum;

/// <summary>How hard to try.</summary>
public sealed record OptimumOptions
{
    /// <summary>
    /// For problems that are no flow (smallest parts): the solver's deterministic time, about a second a second, so that the
    /// same problem stops at the same plan on every machine. Flows have no limit: they end.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The most pairs of supply and demand that are searched together for smallest parts. Above it the plan is mended around each supply that breaks a rule, which is still proven when it reaches the bound that no plan exceeds; else its gap is told.</summary>
    [Range(1, 10_000_000)]
    public int LargestSearch { get; init; } = 100_000;

    /// <summary>Up to as many links, groups are joined to demands directly. Changes the time, never the plan's score.</summary>
    [Range(0, int.MaxValue)]
    public int HubsAbove { get; init; } = 200_000;
}
