using System.Diagnostics.Metrics;

namespace FundingFlow.Ledger;

/// <summary>
/// How often this worker's transactions meet those of others: meter <c>FundingFlow.Ledger</c>, for whatever collects metrics, and
/// the same as totals since the worker started. Safe for concurrent use.
/// </summary>
public sealed class LedgerMeter : IDisposable
{
    public const string Name = "FundingFlow.Ledger";

    private readonly Meter meter = new(Name);
    private readonly Counter<long> committed;
    private readonly Counter<long> conflicted;
    private long transactions;
    private long conflicts;
    private int mostTries;

    public LedgerMeter()
    {
        committed = meter.CreateCounter<long>("fundingflow.ledger.transactions", "{transaction}", "Entity-group transactions committed.");
        conflicted = meter.CreateCounter<long>("fundingflow.ledger.conflicts", "{conflict}", "Commits refused because others had changed a row, and decided again.");
    }

    public long Transactions => Interlocked.Read(ref transactions);

    public long Conflicts => Interlocked.Read(ref conflicts);

    /// <summary>The most tries that one transaction took.</summary>
    public int MostTries => Volatile.Read(ref mostTries);

    public void Committed(string area, int tries)
    {
        Interlocked.Increment(ref transactions);
        committed.Add(1, new KeyValuePair<string, object?>("area", area));
        for (var known = MostTries; tries > known && Interlocked.CompareExchange(ref mostTries, tries, known) != known; known = MostTries) { }
    }

    public void Conflicted(string area)
    {
        Interlocked.Increment(ref conflicts);
        conflicted.Add(1, new KeyValuePair<string, object?>("area", area));
    }

    public void Dispose() => meter.Dispose();
}
