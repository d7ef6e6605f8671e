namespace FundingFlow.Ledger;

internal sealed partial class LineCommands
{
    /// <summary>Books what arrived; <paramref name="amounts"/> are in the pledge's unit and at most what is committed.</summary>
    /// <param name="increase">What arrived above what was owed: the pledge grows by it.</param>
    public async Task ReceiveAsync(string area, string pledgeId, IReadOnlyDictionary<PartRef, long> amounts, long increase, DateOnly on, string command, string by, CancellationToken stop)
    {
        var index = 0;
        foreach (var chunk in amounts.Chunk(MostParts).DefaultIfEmpty([]))
        {
            var (name, first) = ($"{command}.{index}", index == 0);
            await books.CommitAsync(area, "received", name, by, async attempt =>
            {
                if (await attempt.UseLineAsync(pledgeId) is not { } line || await attempt.IsDoneAsync(pledgeId)) return false;
                foreach (var (need, minor) in chunk)
                {
                    var part = await attempt.UsePartAsync(pledgeId, need);
                    // Others may have booked a receipt since this one was spread: what is no longer owed here is above what is owed.
                    var owed = Math.Min(minor, part?.Committed.Minor ?? 0);
                    if (owed > 0) attempt.Work.Receive(pledgeId, need, owed);
                    if (owed < minor) attempt.Work.Increase(pledgeId, minor - owed);
                }

                if (first && increase > 0) attempt.Work.Increase(pledgeId, increase);
                attempt.Work.Mark(pledgeId, standing: line.Standing ?? (attempt.Work.Line(pledgeId).Unallocated > 0 ? Standing.AboveOwed : null), note: $"on {on:yyyy-MM-dd}");
                return true;
            }, stop);
            index++;
        }
    }
}
