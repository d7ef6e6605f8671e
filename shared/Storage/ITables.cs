namespace FundingFlow.Storage;

/// <summary>
/// The tables as the rooms see them. Implementations are safe for concurrent use, create a missing table at first
/// use, and refuse what Azure Tables refuses: keys with <c>/ \ # ?</c> or control characters, more than 100 changes or
/// 4 MiB in a commit, a row twice in one commit, changes to several partitions in one commit.
/// </summary>
public interface ITables
{
    Task<Row?> FindAsync(string table, string partition, string key, CancellationToken stop);

    /// <summary>Rows of one partition with <paramref name="from"/> ≤ key &lt; <paramref name="to"/> (ordinal), in key order.</summary>
    IAsyncEnumerable<Row> RangeAsync(string table, string partition, string from, string to, CancellationToken stop);

    /// <summary>
    /// Rows as by <see cref="RangeAsync"/>, but of those that were there when <paramref name="since"/> was given out only what was written after
    /// that; a few more may come, none is missing. Deleted rows are not told of. A store that lost its sense of time may miss one: for copies
    /// that are checked by ETag before they count.
    /// </summary>
    /// <param name="since">The mark of an earlier answer for the same range; null: all rows.</param>
    Task<RowsWritten> WrittenAsync(string table, string partition, string from, string to, string? since, CancellationToken stop);

    /// <summary>
    /// A page over one partition, or over the whole table when <paramref name="partition"/> is null; in (partition, key) order.
    /// The token is opaque, safe in a URL.
    /// </summary>
    Task<RowPage> PageAsync(string table, string? partition, int size, string? continuation, CancellationToken stop);

    /// <summary>All of the changes or none, in one entity-group transaction; answers the new ETags in order (null for deletes).</summary>
    /// <exception cref="StoreConflictException">One change was refused; nothing was written.</exception>
    Task<IReadOnlyList<string?>> CommitAsync(string table, IReadOnlyList<RowChange> changes, CancellationToken stop);
}

/// <param name="Mark">Opaque: asks the next time for what was written since.</param>
public sealed record RowsWritten(IReadOnlyList<Row> Rows, string? Mark);

public static class TablesExtensions
{
    /// <summary>The end of the range of keys that start with <paramref name="prefix"/>.</summary>
    public static string EndOf(string prefix) => prefix + '\uffff';

    public static IAsyncEnumerable<Row> PrefixAsync(this ITables tables, string table, string partition, string prefix, CancellationToken stop)
        => tables.RangeAsync(table, partition, prefix, EndOf(prefix), stop);

    public static async Task<string> PutAsync(this ITables tables, string table, RowChange change, CancellationToken stop)
        => (await tables.CommitAsync(table, [change], stop))[0] ?? "";
}
