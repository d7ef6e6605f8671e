using System.Globalization;
using System.Runtime.CompilerServices;
using FundingFlow.Storage;

namespace FundingFlow.Pledges;

/// <param name="PledgeId">May have been amended, withdrawn or settled since.</param>
public sealed record ExpiringEntry(int V, string PledgeId, DateOnly ValidUntil);

/// <summary>Pledges by the last day on which they are valid, so that whoever ends them reads only what is over.</summary>
public sealed class ExpiringPledges(ITables tables)
{
    private const int PageSize = 1000;
    private const int MostChanges = 100;

    public async Task NoteAsync(Pledge pledge, CancellationToken stop)
    {
        if (Expires(pledge) && pledge.ValidUntil is { } until)
            await tables.PutAsync(TableNames.Expiring, RowChange.Upsert(RowOf(new ExpiringEntry(1, pledge.Id, until))), stop);
    }

    /// <summary>As <see cref="NoteAsync(Pledge, CancellationToken)"/> for many, those of a day together.</summary>
    public async Task NoteAsync(IEnumerable<Pledge> pledges, CancellationToken stop)
    {
        var rows = pledges.Where(Expires).DistinctBy(pledge => pledge.Id)
            .Select(pledge => RowOf(new ExpiringEntry(1, pledge.Id, pledge.ValidUntil!.Value)));
        foreach (var day in rows.GroupBy(row => row.Partition, StringComparer.Ordinal))
            foreach (var chunk in day.Chunk(MostChanges))
                await tables.CommitAsync(TableNames.Expiring, [.. chunk.Select(RowChange.Upsert)], stop);
    }

    /// <summary>What was valid until a day before <paramref name="today"/>, the longest ago first.</summary>
    public async IAsyncEnumerable<ExpiringEntry> OverAsync(DateOnly today, [EnumeratorCancellation] CancellationToken stop)
    {
        string? continuation = null;
        do
        {
            var page = await tables.PageAsync(TableNames.Expiring, null, PageSize, continuation, stop);
            foreach (var row in page.Rows)
            {
                // Partitions come in the order of their days.
                if (string.CompareOrdinal(row.Partition, Bucket(today)) >= 0) yield break;
                yield return Wire.Read<ExpiringEntry>(row);
            }

            continuation = page.Continuation;
        }
        while (continuation is not null);
    }

    public async Task RemoveAsync(ExpiringEntry entry, CancellationToken stop)
    {
        try
        {
            await tables.PutAsync(TableNames.Expiring, RowChange.Delete(RowOf(entry)), stop);
        }
        catch (StoreConflictException gone) when (gone.Kind == ConflictKind.Missing)
        {
            return;
        }
    }

    /// <summary>Only a promise does; what was stated as committed or received is none.</summary>
    private static bool Expires(Pledge pledge) => pledge is { ValidUntil: not null, Status: StatedStatus.Pledge };

    private static Row RowOf(ExpiringEntry entry) => new(Bucket(entry.ValidUntil), entry.PledgeId, Wire.Write(entry));

    private static string Bucket(DateOnly day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
}
