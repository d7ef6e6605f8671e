using FundingFlow.Validation;

namespace FundingFlow.Storage;

/// <summary>What a PUT did.</summary>
public enum Effect { Unchanged, Created, Changed }

/// <summary>A document and the ETag of its row.</summary>
public sealed record Stored<T>(T Value, string ETag, Effect Effect = Effect.Unchanged);

/// <summary>A page of a list; no continuation: it was the last.</summary>
public sealed record ListPage<T>(IReadOnlyList<T> Items, string? Continuation);

/// <summary>Rows that hold one document each, all in one partition of their table, keyed by slug.</summary>
public sealed class Documents<T>(ITables tables, string table, string partition) where T : class
{
    /// <summary>A writer that meets others this often is told to come again; alone it needs one.</summary>
    private const int Attempts = 10;

    public async Task<Stored<T>?> FindAsync(string key, CancellationToken stop)
        => Slug.IsValid(key) && await tables.FindAsync(table, partition, key, stop) is { } row ? new(Wire.Read<T>(row), row.ETag!) : null;

    public IAsyncEnumerable<T> AllAsync(CancellationToken stop) => FromAsync(null, stop).Select(found => found.Value);

    /// <summary>
    /// Up to <paramref name="size"/> documents that <paramref name="wanted"/> accepts, in key order. The token is the key to go on from.
    /// </summary>
    public async Task<Outcome<ListPage<T>>> PageAsync(string? continuation, int size, Func<T, bool> wanted, CancellationToken stop)
    {
        if (continuation is not null && !Slug.IsValid(continuation))
            return Refusal.Invalid("/continuation", "must be the continuation that the page before gave");
        var items = new List<T>();
        await foreach (var (key, value) in FromAsync(continuation, stop))
        {
            if (!wanted(value)) continue;
            if (items.Count == size) return new ListPage<T>(items, key);
            items.Add(value);
        }

        return new ListPage<T>(items, null);
    }

    /// <summary>
    /// Writes what <paramref name="next"/> makes of the present document (null: none yet), or nothing when that is the same.
    /// Meeting another writer, it begins again from what that one left.
    /// </summary>
    /// <param name="before">Runs before a write that would change something, never when nothing changes.</param>
    public async Task<Outcome<Stored<T>>> PutAsync(
        string key, Precondition condition, Func<T?, Task<Outcome<T>>> next, CancellationToken stop, Func<T, Task>? before = null)
    {
        (string Body, Effect Effect)? tried = null;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var row = await tables.FindAsync(table, partition, key, stop);
            var present = row is null ? null : Wire.Read<T>(row);
            if (tried is { } own && row?.Body == own.Body) return new Stored<T>(present!, row.ETag!, own.Effect);
            if (condition.Check(row?.ETag) is { } no) return no;
            var made = await next(present);
            if (made.Refusal is { } refused) return refused;
            var body = Wire.Write(made.Value);
            if (present is not null && Wire.Write(present) == body) return new Stored<T>(present, row!.ETag!);

            if (before is not null) await before(made.Value);
            var effect = row is null ? Effect.Created : Effect.Changed;
            try
            {
                var change = new Row(partition, key, body, row?.ETag);
                var etag = await tables.PutAsync(table, row is null ? RowChange.Add(change) : RowChange.Replace(change), stop);
                return new Stored<T>(made.Value, etag, effect);
            }
            catch (StoreConflictException)
            {
                // Another writer was first, or our own commit whose answer was lost: the row tells which.
                tried = (body, effect);
            }
        }

        return Refusal.Conflict("Others keep changing it at this moment: try again.");
    }

    private async IAsyncEnumerable<(string Key, T Value)> FromAsync(
        string? key, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var row in tables.RangeAsync(table, partition, key ?? "", TablesExtensions.EndOf(""), stop))
            yield return (row.Key, Wire.Read<T>(row));
    }
}
