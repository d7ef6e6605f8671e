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
}
