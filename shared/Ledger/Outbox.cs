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

    public async Task DispatchAsync(string area, CancellationToken stop)
    {
        var rows = new List<Row>();
        await foreach (var row in tables.PrefixAsync(TableNames.Ledger, area, LedgerKeys.OutboxPrefix, stop)) rows.Add(row);
        if (rows.Count == 0) return;
        var entries = rows.Select(Wire.Read<OutboxEntry>).ToList();
        foreach (var needs in entries.SelectMany(entry => entry.Needs).Distinct().Chunk(MostNeeds))
            await queues.SendAsync(QueueNames.FundingChanged, Wire.Write(new FundingChanged(1, area, needs)), stop);
        if (entries.Exists(entry => entry.Reopen))
            await queues.SendAsync(QueueNames.LinesToReopen, Wire.Write(new ReopenLines(1, null, area)), stop);
        foreach (var chunk in rows.Chunk(MostDeletes)) await DeleteAsync(chunk, stop);
    }

    private async Task DeleteAsync(IReadOnlyList<Row> rows, CancellationToken stop)
    {
        try
        {
            await tables.CommitAsync(TableNames.Ledger, [.. rows.Select(RowChange.Delete)], stop);
        }
        catch (StoreConflictException)
        {
            // Another worker dispatched some of them too; one by one, what is left goes, and a changed row stays for the next round.
            foreach (var row in rows)
            {
                try
                {
                    await tables.CommitAsync(TableNames.Ledger, [RowChange.Delete(row)], stop);
                }
                catch (StoreConflictException gone) when (gone.Kind is ConflictKind.Missing or ConflictKind.Changed)
                {
                    continue;
                }
            }
        }
    }
}
