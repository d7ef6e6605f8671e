namespace FundingFlow.Ledger;

internal sealed partial class LineCommands
{
    /// <summary>Gives up commitments as uncollectable; what came, or was freed, since this was decided is not written off.</summary>
    /// <param name="amounts">In the pledge's unit, at most what is committed.</param>
    /// <returns>Whether something was, now or before.</returns>
    public async Task<bool> WriteOffAsync(string area, string pledgeId, IReadOnlyDictionary<PartRef, long> amounts, string note, string command, string by, CancellationToken stop)
    {
        var (any, index) = (false, 0);
        foreach (var chunk in amounts.Chunk(MostParts))
        {
            var wrote = await books.CommitAsync(area, "written-off", $"{command}.{index++}", by, async attempt =>
            {
                if (await attempt.UseLineAsync(pledgeId) is not { } line) return false;
                if (await attempt.IsDoneAsync(pledgeId))
                {
                    any = true;
                    return false;
                }

                var taken = 0;
                foreach (var (need, minor) in chunk)
                {
                    if (await attempt.UsePartAsync(pledgeId, need) is not { Committed.Minor: > 0 and var committed }) continue;
                    attempt.Work.WriteOff(pledgeId, need, Math.Min(minor, committed));
                    taken++;
                }

                if (taken == 0) return false;
                attempt.Work.Mark(pledgeId, standing: line.Standing ?? Standing.NoNeed, note: note);
                return true;
            }, stop);
            any |= wrote;
        }

        return any;
    }
}
