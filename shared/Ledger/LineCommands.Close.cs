namespace FundingFlow.Ledger;

/// <summary>How a pledge ends before all of it has come, and what of it is taken back then, besides what is unallocated.</summary>
/// <param name="Kind">Its name in the journal.</param>
public sealed record Closing(string Kind, IReadOnlyList<Account> TakesBack)
{
    /// <summary>The partner takes back all that was not received.</summary>
    public static readonly Closing Withdrawn = new("withdrawn", Accounts.NotReceived);

    /// <summary>The day until which it was valid is over. What the partner had confirmed by then, be it under a condition, stays.</summary>
    public static readonly Closing Expired = new("expired", [Account.Proposed]);
}

internal sealed partial class LineCommands
{
    /// <summary>
    /// Takes back what <paramref name="closing"/> takes; from then on nothing is placed from the line. One that is not there yet
    /// leaves a closed one behind, so that a late message opens nothing.
    /// </summary>
    public async Task CloseAsync(string area, string pledgeId, Func<Line> tombstone, int version, Closing closing, string by, CancellationToken stop)
    {
        for (var (index, more) = (0, true); more; index++)
        {
            more = false;
            await books.CommitAsync(area, closing.Kind, $"v{version}.{index}", by, async attempt =>
            {
                var line = await attempt.UseLineAsync(pledgeId);
                if (line is null)
                {
                    attempt.Work.Open(tombstone() with { Version = version, Closed = true, Expired = closing == Closing.Expired }, withdrawn: true);
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

                attempt.Work.Adjust(pledgeId, now => now with { Closed = true, Expired = closing == Closing.Expired });
                if (line.Unallocated > 0) attempt.Work.WithdrawUnallocated(pledgeId);
                var parts = new List<Allocation>();
                foreach (var need in line.Parts)
                    if (await attempt.UsePartAsync(pledgeId, need) is { } part && closing.TakesBack.Any(account => part.In(account).Minor > 0)) parts.Add(part);
                foreach (var part in parts.Take(MostParts)) attempt.Work.WithdrawPart(pledgeId, RefOf(part), closing.TakesBack);
                more = parts.Count > MostParts;
                attempt.Work.Mark(pledgeId, version: more ? line.Version : version);
                return true;
            }, stop);
        }
    }
}
