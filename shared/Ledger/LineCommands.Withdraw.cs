namespace FundingFlow.Ledger;

internal sealed partial class LineCommands
{
    /// <summary>Takes back all that was not received. A line that is not there yet leaves a withdrawn one behind, so that a late message opens nothing.</summary>
    public async Task WithdrawAsync(string area, string pledgeId, Func<Line> tombstone, int version, string by, CancellationToken stop)
    {
        for (var (index, more) = (0, true); more; index++)
        {
            more = false;
            await books.CommitAsync(area, "withdrawn", $"v{version}.{index}", by, async attempt =>
            {
                var line = await attempt.UseLineAsync(pledgeId);
                if (line is null)
                {
                    attempt.Work.Open(tombstone() with { Version = version }, withdrawn: true);
                    return true;
                }

                if (line.Version >= version) return false;
                if (await attempt.IsDoneAsync(pledgeId))
                {
                    more = true;
                    return false;
                }

                // Units from another area arrived before the pledge's own: those would otherwise never be opened.
                if (!line.IsOpened && index == 0 && tombstone() is { IsOpened: true } own)
                    attempt.Work.Open(own with { Version = line.Version }, withdrawn: true);

                if (line.Unallocated > 0) attempt.Work.WithdrawUnallocated(pledgeId);
                var parts = new List<Allocation>();
                foreach (var need in line.Parts)
                    if (await attempt.UsePartAsync(pledgeId, need) is { } part && part.Total.Minor > part.Received.Minor) parts.Add(part);
                foreach (var part in parts.Take(MostParts)) attempt.Work.WithdrawPart(pledgeId, RefOf(part));
                more = parts.Count > MostParts;
                attempt.Work.Mark(pledgeId, version: more ? line.Version : version);
                return true;
            }, stop);
        }
    }
}
