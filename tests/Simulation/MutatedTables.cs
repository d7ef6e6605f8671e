using FundingFlow.Storage;

namespace FundingFlow.Tests.Simulation;

/// <summary>Tables on which a mistake in the ledger's code can be imitated: what it writes, or what it reads, is another than it meant.</summary>
public sealed class MutatedTables(ITables inner) : ITables
{
    /// <summary>Other changes in place of those of the Ledger; the same ones where there is nothing to change.</summary>
    public Func<IReadOnlyList<RowChange>, IReadOnlyList<RowChange>> Written { get; set; } = static changes => changes;

    /// <summary>Whether a row of the Ledger is overlooked when it is read by its key.</summary>
    public Func<string, bool> IsOverlooked { get; set; } = static _ => false;

    public Task<Row?> FindAsync(string table, string partition, string key, CancellationToken stop)
        => table == TableNames.Ledger && IsOverlooked(key) ? Task.FromResult<Row?>(null) : inner.FindAsync(table, partition, key, stop);

    public IAsyncEnumerable<Row> RangeAsync(string table, string partition, string from, string to, CancellationToken stop)
        => inner.RangeAsync(table, partition, from, to, stop);

    public Task<RowsWritten> WrittenAsync(string table, string partition, string from, string to, string? since, CancellationToken stop)
        => inner.WrittenAsync(table, partition, from, to, since, stop);

    public Task<RowPage> PageAsync(string table, string? partition, int size, string? continuation, CancellationToken stop)
        => inner.PageAsync(table, partition, size, continuation, stop);

    public async Task<IReadOnlyList<string?>> CommitAsync(string table, IReadOnlyList<RowChange> changes, CancellationToken stop)
    {
        if (table != TableNames.Ledger) return await inner.CommitAsync(table, changes, stop);
        var written = Written(changes);
        var tags = await inner.CommitAsync(table, written, stop);
        // The rooms keep the tags by the order of what they meant to write.
        return [.. changes.Select(change => written.ToList().FindIndex(other => other.Row.Key == change.Row.Key) is var at and >= 0 ? tags[at] : null)];
    }
}
