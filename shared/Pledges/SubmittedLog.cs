using System.Collections.Concurrent;
using System.Globalization;
using FundingFlow.Storage;

namespace FundingFlow.Pledges;

/// <param name="Command">Row key in Commands; null when the entry stands for the pledge itself.</param>
/// <param name="Tries">How often the sweep sent it again.</param>
public sealed record SubmittedEntry(int V, string PledgeId, string? Command, DateTimeOffset At, int Tries, DateTimeOffset DueAt);

/// <summary>
/// What was accepted and may not be applied yet: table Submitted, a partition per minute. An entry is written with the acceptance and
/// deleted, many at a time, after the work is done; what is still there is what the sweep looks at. Safe for concurrent use.
/// </summary>
public sealed class SubmittedLog(ITables tables, TimeProvider clock)
{
    private const int MostDeletes = 100;
    private readonly ConcurrentQueue<(string Bucket, string Key)> done = new();

    /// <summary>How long after its acceptance something counts as overdue.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(45);

    public static string BucketOf(Pledge pledge) => BucketOf(pledge.SubmittedAt);

    public static string BucketOf(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMddHHmm", CultureInfo.InvariantCulture);

    public Task NoteAsync(Pledge pledge, CancellationToken stop)
        => WriteAsync(BucketOf(pledge), pledge.Id, new SubmittedEntry(1, pledge.Id, null, pledge.SubmittedAt, 0, clock.GetUtcNow() + Grace), stop);

    public Task NoteAsync(string pledgeId, string command, DateTimeOffset at, CancellationToken stop)
        => WriteAsync(BucketOf(at), command, new SubmittedEntry(1, pledgeId, command, at, 0, at + Grace), stop);

    /// <summary>The work is done; the entry goes with the next flush. A crash before that costs one needless repetition.</summary>
    public void Complete(string bucket, string key) => done.Enqueue((bucket, key));

    public async Task FlushAsync(CancellationToken stop)
    {
        var taken = new List<(string Bucket, string Key)>();
        while (done.TryDequeue(out var entry)) taken.Add(entry);
        foreach (var bucket in taken.Distinct().GroupBy(entry => entry.Bucket, StringComparer.Ordinal))
            foreach (var chunk in bucket.Chunk(MostDeletes))
                await DeleteAsync(chunk, stop);
    }

    /// <summary>All that is overdue now, oldest first.</summary>
    public async IAsyncEnumerable<(string Bucket, SubmittedEntry Entry)> OverdueAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        string? continuation = null;
        do
        {
            var page = await tables.PageAsync(TableNames.Submitted, null, 1000, continuation, stop);
            foreach (var row in page.Rows)
                if (Wire.Read<SubmittedEntry>(row) is var entry && entry.DueAt <= clock.GetUtcNow())
                    yield return (row.Partition, entry);
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
