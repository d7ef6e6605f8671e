using System.Diagnostics;
using System.Runtime.CompilerServices;
using FundingFlow.Storage;

namespace FundingFlow.Benchmarks;

/// <summary>Tells when the ledger was read last, and how long all commits took. For one caller at a time.</summary>
internal sealed class WatchedTables(ITables inner) : ITables
{
    private readonly Stopwatch committing = new();

    public TimeSpan Committing => committing.Elapsed;

    /// <summary>A <see cref="Stopwatch"/> timestamp.</summary>
    public long LedgerReadAt { get; private set; }

    public void Reset() => committing.Reset();

    public Task<Row?> FindAsync(string table, string partition, string key, CancellationToken stop) => inner.FindAsync(table, partition, key, stop);

    public async IAsyncEnumerable<Row> RangeAsync(string table, string partition, string from, string to, [EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var row in inner.RangeAsync(table, partition, from, to, stop)) yield return row;
        if (table == TableNames.Ledger) LedgerReadAt = Stopwatch.GetTimestamp();
    }

    public Task<RowsWritten> WrittenAsync(string table, string partition, string from, string to, string? since, CancellationToken stop)
        => inner.WrittenAsync(table, partition, from, to, since, stop);

    public Task<RowPage> PageAsync(string table, string? partition, int size, string? continuation, CancellationToken stop)
        => inner.PageAsync(table, partition, size, continuation, stop);

    public async Task<IReadOnlyList<string?>> CommitAsync(string table, IReadOnlyList<RowChange> changes, CancellationToken stop)
    {
        committing.Start();
        try
        {
            return await inner.CommitAsync(table, changes, stop);
        }
        finally
        {
            committing.Stop();
        }
    }
}
