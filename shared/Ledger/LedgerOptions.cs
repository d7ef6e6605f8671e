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

    /// <summary>How long a rebalance keeps room, and holds units back, for parts that are under way; after that others may use both.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "01:00:00")] public TimeSpan ReservedFor { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a caller waits for a rebalance; what is not done by then goes on without it. Azure ends a call after 230 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:03:20")] public TimeSpan RebalanceInCall { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long one worker runs a rebalance before it hands it on; below the hosts' limit for a function.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "00:30:00")] public TimeSpan RebalanceInQueue { get; set; } = TimeSpan.FromMinutes(4);

    /// <summary>How long changes of an area are gathered before others are told.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")] public TimeSpan GatherFor { get; set; } = TimeSpan.FromSeconds(2);
}
