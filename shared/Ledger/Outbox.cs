using FundingFlow.Storage;

namespace FundingFlow.Ledger;

/// <summary>
/// Tells others what the transactions of an area changed: one message for all that gathered, then the outbox rows go. A crash
/// between the two sends it again: an event can be late or doubled, never lost.
/// </summary>
public sealed class Outbox(ITables tables, IQueues queues)
{
    private const int MostNeeds = 300;
    private const int MostDeletes = 100;

    /// <summary>All that lies in an area's outbox, whoever put it there.</summary>
    public async Task DispatchAsync(string area, CancellationToken stop)
    {
        var rows = new List<Row>();
        await foreach (var row in tables.PrefixAsync(TableNames.Ledger, area, LedgerKeys.OutboxPrefix, stop)) rows.Add(row);
        await DispatchAsync(area, rows, stop);
    }

    /// <summary>Rows that are known to have been written; what of them is gone by now is told once more.</summary>
    public async Task DispatchAsync(string area, IReadOnlyList<Row> rows, CancellationToken stop)
    {
        if (rows.Count == 0) return;
        var entries = rows.Select(Wire.Read<OutboxEntry>).ToList();
        foreach (var needs in entries.SelectMany(entry => entry.Needs).Distinct().Chunk(MostNeeds))
            await queues.SendAsync(QueueNames.FundingChanged, Wire.Write(new FundingChanged(1, area, needs)), stop);
        if (entries.Exists(entry => entry.Reopen))
            await queues.SendAsync(QueueNames.LinesToReopen, Wire.Write(new ReopenLines(1, null, area)), stop);
        foreach (var chunk in rows.DistinctBy(row => row.Key).Chunk(MostDeletes)) await DeleteAsync(area, chunk, stop);
    }

    /// <summary>A row that another transaction wrote again meanwhile stays for the next round.</summary>
    private async Task DeleteAsync(string area, IReadOnlyList<Row> rows, CancellationToken stop)
    {
        for (var left = rows; left.Count > 0;)
        {
            try
            {
                await tables.CommitAsync(TableNames.Ledger, [.. left.Select(RowChange.Delete)], stop);
                return;
            }
            catch (StoreConflictException)
            {
                // Another worker dispatched some of them too.
                var present = new Dictionary<string, string?>(StringComparer.Ordinal);
                await foreach (var row in tables.PrefixAsync(TableNames.Ledger, area, LedgerKeys.OutboxPrefix, stop)) present[row.Key] = row.ETag;
                left = [.. left.Where(row => present.TryGetValue(row.Key, out var etag) && etag == row.ETag)];
            }
        }
    }
}
