namespace FundingFlow.Ledger;

/// <summary>
/// What partners, cities and staff do with the parts of one line. Each call is idempotent by its command: a transaction that
/// is journaled already is not run again. Large lines take several transactions, each whole by itself.
/// </summary>
internal sealed class LineCommands(AreaBooks books)
{
    private const int MostParts = 40;

    /// <summary>Makes proposed parts binding.</summary>
    /// <param name="only">The needs whose parts the partner saw.</param>
    public Task ConfirmAsync(string area, string pledgeId, IReadOnlySet<PartRef> only, string command, string by, CancellationToken stop)
        => InChunksAsync(area, "confirmed", pledgeId, command, by, part => part.Proposed.Minor > 0 && only.Contains(RefOf(part)),
            (work, part) => work.Confirm(pledgeId, RefOf(part)), stop);

    /// <summary>Books what arrived; <paramref name="amounts"/> are in the pledge's unit and at most what is confirmed: committed first, then conditional.</summary>
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
                    var owed = Math.Min(minor, part is null ? 0 : part.Committed.Minor + part.Conditional.Minor);
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

    /// <summary>The city says that it arrived.</summary>
    public Task AcknowledgeAsync(string area, string pledgeId, PartRef need, string command, string by, CancellationToken stop)
        => books.CommitAsync(area, "acknowledged", command, by, async attempt =>
        {
            if (await attempt.UseLineAsync(pledgeId) is null || await attempt.IsDoneAsync(pledgeId)) return false;
            if (await attempt.UsePartAsync(pledgeId, need) is null) return false;
            attempt.Work.Acknowledge(pledgeId, need);
            return true;
        }, stop);

    private async Task InChunksAsync(
        string area, string kind, string pledgeId, string command, string by, Func<Allocation, bool> applies, Action<AreaWork, Allocation> act, CancellationToken stop)
    {
        for (var (index, more) = (0, true); more; index++)
        {
            more = false;
            await books.CommitAsync(area, kind, $"{command}.{index}", by, async attempt =>
            {
                if (await attempt.UseLineAsync(pledgeId) is not { } line) return false;
                if (await attempt.IsDoneAsync(pledgeId))
                {
                    more = line.Parts.Count > MostParts;
                    return false;
                }

                var done = 0;
                foreach (var need in line.Parts)
                {
                    if (await attempt.UsePartAsync(pledgeId, need) is not { } part || !applies(part)) continue;
                    if (done++ == MostParts)
                    {
                        more = true;
                        break;
                    }

                    act(attempt.Work, part);
                }

                if (done > 0) attempt.Work.Mark(pledgeId, standing: line.Standing);
                return done > 0;
            }, stop);
        }
    }

    private static PartRef RefOf(Allocation part) => new(part.ProjectId, part.NeedId);
}
