using System.Runtime.CompilerServices;
using FundingFlow.Storage;

namespace FundingFlow.Ledger.Trial;

/// <summary>
/// The stored tables, frozen as they were first read, with changes that stay in memory: what is committed here is seen here and nowhere
/// else. For one caller at a time.
/// </summary>
public sealed class TrialTables(ITables stored) : ITables
{
    private readonly Dictionary<(string Table, string Partition, string Key), Row?> changed = [];
    private readonly Dictionary<(string Table, string Partition, string Key), Row?> found = [];
    private readonly Dictionary<(string Table, string Partition, string From, string To), List<Row>> ranges = [];

    /// <summary>A range comes in the order of its keys.</summary>
    private static readonly Comparer<Row> ByKey = Comparer<Row>.Create(static (one, other) => string.CompareOrdinal(one.Key, other.Key));

    private int commits;

    public async Task<Row?> FindAsync(string table, string partition, string key, CancellationToken stop)
    {
        var place = (table, partition, key);
        if (changed.TryGetValue(place, out var own)) return own;
        if (found.TryGetValue(place, out var row)) return row;
        // From a range that was read already: what belongs together was read together.
        row = ranges.FirstOrDefault(range => range.Key.Table == table && range.Key.Partition == partition
            && string.CompareOrdinal(range.Key.From, key) <= 0 && string.CompareOrdinal(key, range.Key.To) < 0).Value is { } held
            ? held.BinarySearch(new Row(partition, key, ""), ByKey) is >= 0 and var at ? held[at] : null
            : await stored.FindAsync(table, partition, key, stop);
        return found[place] = row;
    }

    public async IAsyncEnumerable<Row> RangeAsync(string table, string partition, string from, string to, [EnumeratorCancellation] CancellationToken stop)
    {
        var range = (table, partition, from, to);
        if (!ranges.TryGetValue(range, out var rows))
            ranges[range] = rows = await stored.RangeAsync(table, partition, from, to, stop).ToListAsync(stop);
        var own = changed.Where(change => change.Key.Table == table && change.Key.Partition == partition
            && string.CompareOrdinal(change.Key.Key, from) >= 0 && string.CompareOrdinal(change.Key.Key, to) < 0).ToList();
        if (own.Count == 0)
        {
            foreach (var row in rows) yield return row;
            yield break;
        }

        var keys = own.Select(change => change.Key.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var row in rows.Where(row => !keys.Contains(row.Key)).Concat(own.Select(change => change.Value).OfType<Row>()).OrderBy(row => row.Key, StringComparer.Ordinal).ToList())
            yield return row;
    }

    /// <summary>All of them each time: a trial is over before much is written.</summary>
    public async Task<RowsWritten> WrittenAsync(string table, string partition, string from, string to, string? since, CancellationToken stop)
        => new(await RangeAsync(table, partition, from, to, stop).ToListAsync(stop), null);

    /// <exception cref="NotSupportedException">Always: nothing that is tried reads pages, whose tokens belong to the store.</exception>
    public Task<RowPage> PageAsync(string table, string? partition, int size, string? continuation, CancellationToken stop)
        => throw new NotSupportedException("What is only tried reads ranges, not pages.");

    public Task<IReadOnlyList<string?>> CommitAsync(string table, IReadOnlyList<RowChange> changes, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(changes);
        for (var i = 0; i < changes.Count; i++)
            if (ConflictOf(table, changes[i]) is { } conflict) throw new StoreConflictException(conflict, i);
        var etag = $"trial-{++commits}";
        foreach (var change in changes)
            changed[(table, change.Row.Partition, change.Row.Key)] = change.Kind == ChangeKind.Delete ? null : change.Row with { ETag = etag };
        return Task.FromResult<IReadOnlyList<string?>>([.. changes.Select(change => change.Kind == ChangeKind.Delete ? null : etag)]);
    }

    /// <summary>Against what was changed here; what is stored is frozen, so nobody can have changed it meanwhile.</summary>
    private ConflictKind? ConflictOf(string table, RowChange change)
    {
        if (change.Kind == ChangeKind.Upsert || !changed.TryGetValue((table, change.Row.Partition, change.Row.Key), out var own)) return null;
        if (change.Kind == ChangeKind.Add) return own is null ? null : ConflictKind.AlreadyExists;
        if (own is null) return ConflictKind.Missing;
        return change.Row.ETag is null || change.Row.ETag == own.ETag ? null : ConflictKind.Changed;
    }
}
