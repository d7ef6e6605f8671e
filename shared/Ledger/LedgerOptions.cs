using System.ComponentModel.DataAnnotations;

namespace FundingFlow.Ledger;

/// <summary>Section <c>FundingFlow:Ledger</c>.</summary>
public sealed class LedgerOptions
{
    public const string Section = "FundingFlow:Ledger";

    /// <summary>How old the positions in memory may be before they are read again (ETags guard the rest).</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")] public TimeSpan PositionsMaxAge { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>What was written since the last reading is enough for so long; then all positions are read once more.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")] public TimeSpan PositionsWholeAfter { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How often a transaction that meets others' changes is tried before the message goes back to its queue.</summary>
    [Range(1, 1000)] public int MostTries { get; set; } = 30;

    /// <summary>How many lines that come at the same time one transaction opens; 1: each has its own.</summary>
    [Range(1, 32)] public int MostLinesTogether { get; set; } = 32;

    /// <summary>How long changes of an area are gathered before others are told.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")] public TimeSpan GatherFor { get; set; } = TimeSpan.FromSeconds(2);
}
