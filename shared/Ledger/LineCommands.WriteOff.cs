namespace FundingFlow.Ledger;

internal sealed partial class LineCommands
{
    /// <summary>Gives up commitments as uncollectable; what came, or was freed, since this was decided is not written off.</summary>
    /// <param name="amounts">In the pledge's unit, at most what is committed.</param>
    public async Task WriteOffAsync(string area, string pledgeId, IReadOnlyDictionary<PartRef, long> amounts, string note, string command, string by, CancellationToken stop)
    {
        var index = 0;
        foreach (var chunk in amounts.Chunk(MostParts))
        {
            await books.CommitAsync(area, "written-off", $"{command}.{index++}", by, async attempt =>
            {
                if (await attempt.UseLineAsync(pledgeId) is not { } line || await attempt.IsDoneAsync(pledgeId)) return false;
                foreach (var (need, minor) in chunk)
                    if (await attempt.UsePartAsync(pledgeId, need) is { Committed.Minor: > 0 and var committed })
                        attempt.Work.WriteOff(pledgeId, need, Math.Min(minor, committed));
                attempt.Work.Mark(pledgeId, standing: line.Standing, note: note);
                return true;
            }, stop);
        }
    }
}
