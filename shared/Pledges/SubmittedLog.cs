using System.Collections.Concurrent;
using System.Globalization;
using FundingFlow.Storage;

namespace FundingFlow.Pledges;

/// <param name="Command">Row key in Commands; null when the entry stands for the pledge itself.</param>
/// <param name="Tries">How often the sweep sent it again.</param>
public sealed record SubmittedEntry(int V, string PledgeId, string? Command, DateTimeOffset At, int Tries, DateTimeOffset DueAt)
{
    /// <summary>All the pledges of the message that the entry stands for; null: it stands for one alone.</summary>
    public IReadOnlyList<string>? Together { get; init; }
}

/// <summary>
/// What was accepted and may not be applied yet: table Submitted, a partition per minute. An entry is written with the acceptance and
/// deleted, many at a time, after the work is done; what is still there is what the sweep looks at. Safe for concurrent use.
/// </summary>
public sealed class SubmittedLog(ITables tables, TimeProvider clock)
{
    /// <summary>Of the ids in one transaction; far under the store's 4 MiB.</summary>
    private const int MostIdCharacters = 250_000;
    private const int MostChanges = 100;
    private readonly ConcurrentQueue<(string Bucket, string Key)> done = new();

    /// <summary>How long after its acceptance something counts as overdue.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(45);

    public static string BucketOf(Pledge pledge) => BucketOf(pledge.SubmittedAt);

    public static string BucketOf(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMddHHmm", CultureInfo.InvariantCulture);

    public Task NoteAsync(Pledge pledge, CancellationToken stop)
        => WriteAsync(BucketOf(pledge), pledge.Id, new SubmittedEntry(1, pledge.Id, null, pledge.SubmittedAt, 0, clock.GetUtcNow() + Grace), stop);

    public Task NoteAsync(string pledgeId, string command, DateTimeOffset at, CancellationToken stop)
        => WriteAsync(BucketOf(at), command, new SubmittedEntry(1, pledgeId, command, at, 0, at + Grace), stop);

    /// <summary>One entry for each message, before it is sent. All messages are of one bucket.</summary>
    public async Task NoteAsync(IReadOnlyList<PledgeParcel> parcels, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        foreach (var chunk in Chunks.Of(parcels, MostChanges, parcel => parcel.PledgeIds.Sum(id => id.Length), MostIdCharacters))
            await tables.CommitAsync(TableNames.Submitted, [.. chunk.Select(parcel => RowChange.Upsert(new Row(parcel.Bucket, parcel.EntryKey,
                Wire.Write(new SubmittedEntry(1, parcel.PledgeIds[0], null, now, 0, now + Grace) { Together = parcel.PledgeIds }))))], stop);
    }

    /// <summary>Whether the entry that stands for a message of many is still there.</summary>
    public async Task<bool> IsNotedAsync(string bucket, string entryKey, CancellationToken stop)
        => await tables.FindAsync(TableNames.Submitted, bucket, entryKey, stop) is not null;

    /// <summary>An entry for many becomes one for each of <paramref name="left"/> (one, at least); it goes with the last of them, so at no moment does nothing stand for one.</summary>
    public async Task PartAsync(string bucket, string entryKey, IReadOnlyList<string> left, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var chunks = left.Select(id => RowChange.Upsert(new Row(bucket, id,
            Wire.Write(new SubmittedEntry(1, id, null, now, 1, now + TimeSpan.FromMinutes(1)))))).Chunk(MostChanges - 1).ToList();
        foreach (var chunk in chunks[..^1]) await tables.CommitAsync(TableNames.Submitted, chunk, stop);
        try
        {
            await tables.CommitAsync(TableNames.Submitted, [.. chunks[^1], RowChange.Delete(new Row(bucket, entryKey, "{}"))], stop);
        }
        catch (StoreConflictException gone) when (gone.Kind == ConflictKind.Missing)
        {
            await tables.CommitAsync(TableNames.Submitted, chunks[^1], stop);
        }
    }

    /// <summary>The work is done; the entry goes with the next flush. A crash before that costs one needless repetition.</summary>
    public void Complete(string bucket, string key) => done.Enqueue((bucket, key));

    public async Task FlushAsync(CancellationToken stop)
    {
        var taken = new List<(string Bucket, string Key)>();
        while (done.TryDequeue(out var entry)) taken.Add(entry);
        foreach (var bucket in taken.Distinct().GroupBy(entry => entry.Bucket, StringComparer.Ordinal))
            foreach (var chunk in bucket.Chunk(MostChanges))
                await DeleteAsync(chunk, stop);
    }

    /// <summary>All that is overdue now, oldest first.</summary>
    public async IAsyncEnumerable<(string Bucket, string Key, SubmittedEntry Entry)> OverdueAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        string? continuation = null;
        do
        {
            var page = await tables.PageAsync(TableNames.Submitted, null, 1000, continuation, stop);
            foreach (var row in page.Rows)
                if (Wire.Read<SubmittedEntry>(row) is var entry && entry.DueAt <= clock.GetUtcNow())
                    yield return (row.Partition, row.Key, entry);
            continuation = page.Continuation;
        }
        while (continuation is not null);
    }

    /// <summary>Backs off: the next look comes after 1, 2, 4, … at most 16 minutes.</summary>
    public Task PostponeAsync(string bucket, SubmittedEntry entry, CancellationToken stop)
        => WriteAsync(bucket, entry.Command ?? entry.PledgeId, entry with
        {
            Tries = entry.Tries + 1,
            DueAt = clock.GetUtcNow() + TimeSpan.FromMinutes(1 << Math.Min(entry.Tries, 4)),
        }, stop);

    private Task WriteAsync(string bucket, string key, SubmittedEntry entry, CancellationToken stop)
        => tables.PutAsync(TableNames.Submitted, RowChange.Upsert(new Row(bucket, key, Wire.Write(entry))), stop);

    private async Task DeleteAsync(IReadOnlyList<(string Bucket, string Key)> entries, CancellationToken stop)
    {
        try
        {
            await tables.CommitAsync(TableNames.Submitted, [.. entries.Select(e => RowChange.Delete(new Row(e.Bucket, e.Key, "{}")))], stop);
        }
        catch (StoreConflictException) when (entries.Count > 1)
        {
            // One of them is gone already: take them one by one.
            foreach (var entry in entries) await DeleteAsync([entry], stop);
        }
        catch (StoreConflictException gone) when (gone.Kind == ConflictKind.Missing)
        {
            return;
        }
    }
}
