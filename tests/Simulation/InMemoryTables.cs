using System.Globalization;
using System.Runtime.CompilerServices;
using FundingFlow.Azure;
using FundingFlow.Storage;

namespace FundingFlow.Tests.Simulation;

/// <summary>
/// Tables without Azure: the same refusals, the same order, ETags that count up from 1, so that a run repeats exactly.
/// A range sees, like Azure's, what is there when it comes to each page of 1,000.
/// </summary>
public sealed class InMemoryTables(StorageOperations? operations = null) : ITables
{
    private const int RangePage = 1000;
    private const string TagStart = "W/\"";
    private readonly Lock gate = new();
    private readonly Dictionary<string, RowSet> tables = new(StringComparer.Ordinal);
    private long commits;

    /// <summary>Transactions written so far: while it stays the same, so does every row.</summary>
    public long Commits => commits;

    public StorageOperations Operations { get; } = operations ?? new();

    /// <summary>Called before a commit is looked at: throw here to lose it, or wait to let another one overtake.</summary>
    public Func<string, IReadOnlyList<RowChange>, Task>? BeforeCommit { get; set; }

    /// <summary>Called when a commit is written: throw here to lose the answer to it.</summary>
    public Func<string, IReadOnlyList<RowChange>, Task>? AfterCommit { get; set; }

    public Task<Row?> FindAsync(string table, string partition, string key, CancellationToken stop)
    {
        Check(table, stop, partition, key);
        lock (gate)
        {
            var row = RowsOf(table).Find(partition, key);
            Operations.Count(StorageOperation.TableRead, BytesOf(row));
            return Task.FromResult(row);
        }
    }

    public async IAsyncEnumerable<Row> RangeAsync(string table, string partition, string from, string to, [EnumeratorCancellation] CancellationToken stop)
    {
        Check(table, stop, partition);
        for (var page = Page(from, inclusive: true); ; page = Page(page[^1].Key, inclusive: false))
        {
            foreach (var row in page) yield return row;
            if (page.Count < RangePage) yield break;
            await Task.Yield();
            stop.ThrowIfCancellationRequested();
        }

        List<Row> Page(string start, bool inclusive)
            => Read(table, rows => rows.From(partition, start, inclusive)
                .TakeWhile(row => row.Partition == partition && string.CompareOrdinal(row.Key, to) < 0).Take(RangePage));
    }

    public Task<RowsWritten> WrittenAsync(string table, string partition, string from, string to, string? since, CancellationToken stop)
    {
        Check(table, stop, partition);
        var mark = since is null ? 0 : long.Parse(since, CultureInfo.InvariantCulture);
        lock (gate)
        {
            var rows = RowsOf(table).From(partition, from, inclusive: true)
                .TakeWhile(row => row.Partition == partition && string.CompareOrdinal(row.Key, to) < 0).Where(row => CommitOf(row) > mark).ToList();
            for (var page = 0; page <= rows.Count / RangePage; page++)
                Operations.Count(StorageOperation.TableQuery, rows.Skip(page * RangePage).Take(RangePage).Sum(BytesOf));
            return Task.FromResult(new RowsWritten(rows, commits.ToString(CultureInfo.InvariantCulture)));
        }
    }

    public Task<RowPage> PageAsync(string table, string? partition, int size, string? continuation, CancellationToken stop)
    {
        Check(table, stop, partition ?? "");
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, RangePage);
        var (lastPartition, lastKey) = continuation is null ? (partition ?? "", null) : InMemoryContinuation.Read(continuation);
        var rows = Read(table, all => all.From(lastPartition, lastKey ?? "", inclusive: lastKey is null)
            .TakeWhile(row => partition is null || row.Partition == partition).Take(size + 1));
        return Task.FromResult(rows.Count <= size
            ? new RowPage(rows, null)
            : new RowPage(rows[..size], InMemoryContinuation.After(rows[size - 1])));
    }

    public async Task<IReadOnlyList<string?>> CommitAsync(string table, IReadOnlyList<RowChange> changes, CancellationToken stop)
    {
        Check(table, stop);
        StoreLimits.CheckCommit(changes);
        if (BeforeCommit is { } before) await before(table, changes);
        var tags = Commit(table, changes);
        if (AfterCommit is { } after) await after(table, changes);
        return tags;
    }

    private string?[] Commit(string table, IReadOnlyList<RowChange> changes)
    {
        lock (gate)
        {
            Operations.Count(changes.Count == 1 ? StorageOperation.TableWrite : StorageOperation.TableTransaction, changes.Sum(c => BytesOf(c.Row)));
            var rows = RowsOf(table);
            for (var i = 0; i < changes.Count; i++)
                if (ConflictOf(changes[i], rows.Find(changes[i].Row.Partition, changes[i].Row.Key)) is { } conflict)
                    throw new StoreConflictException(conflict, i);
            var tag = TagStart + (++commits).ToString(CultureInfo.InvariantCulture) + '"';
            foreach (var change in changes)
            {
                rows.Remove(change.Row);
                if (change.Kind != ChangeKind.Delete) rows.Add(change.Row with { ETag = tag });
            }

            return [.. changes.Select(change => change.Kind == ChangeKind.Delete ? null : tag)];
        }
    }

    private static ConflictKind? ConflictOf(RowChange change, Row? stored) => change.Kind switch
    {
        ChangeKind.Upsert => null,
        ChangeKind.Add => stored is null ? null : ConflictKind.AlreadyExists,
        _ when stored is null => ConflictKind.Missing,
        _ => change.Row.ETag is null || change.Row.ETag == stored.ETag ? null : ConflictKind.Changed,
    };

    private List<Row> Read(string table, Func<RowSet, IEnumerable<Row>> query)
    {
        lock (gate)
        {
            var rows = query(RowsOf(table)).ToList();
            Operations.Count(StorageOperation.TableQuery, rows.Sum(BytesOf));
            return rows;
        }
    }

    private RowSet RowsOf(string table)
    {
        if (!tables.TryGetValue(table, out var rows)) tables[table] = rows = new RowSet();
        return rows;
    }

    private static long CommitOf(Row row) => long.Parse(row.ETag.AsSpan(TagStart.Length, row.ETag!.Length - TagStart.Length - 1), CultureInfo.InvariantCulture);

    private static long BytesOf(Row? row) => row is null ? 0 : sizeof(char) * (row.Partition.Length + row.Key.Length + (long)row.Body.Length);

    private static void Check(string table, CancellationToken stop, params ReadOnlySpan<string> keys)
    {
        stop.ThrowIfCancellationRequested();
        StoreNames.CheckTable(table);
        foreach (var key in keys) StoreLimits.CheckKey(key);
    }
}
