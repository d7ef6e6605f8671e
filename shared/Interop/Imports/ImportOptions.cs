using System.ComponentModel.DataAnnotations;

namespace FundingFlow.Interop.Imports;

/// <summary>Section <c>FundingFlow:Imports</c>.</summary>
public sealed class ImportOptions
{
    public const string Section = "FundingFlow:Imports";

    /// <summary>Rows between two records of progress; at most this many are repeated after a crash.</summary>
    [Range(1, 90)] public int BatchSize { get; set; } = 50;

    /// <summary>The same for pledges, which are written many at a time: the more rows, the more of them share a transaction and a message.</summary>
    [Range(1, 10_000)] public int PledgeBatchSize { get; set; } = 2_000;

    /// <summary>Rows of a batch that are applied at the same time.</summary>
    [Range(1, 64)] public int Parallelism { get; set; } = 8;

    /// <summary>An invocation that takes longer hands over to the next one.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:04:00")] public TimeSpan LongestInvocation { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>An unfinished import that has not moved for this long is sent again.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "01:00:00")] public TimeSpan StalledAfter { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>An import that ends in a fault this often without coming any further has failed.</summary>
    [Range(1, 100)] public int FaultsAllowed { get; set; } = 5;
}
