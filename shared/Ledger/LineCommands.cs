namespace FundingFlow.Ledger;

/// <summary>
/// What partners, cities and staff do with the parts of one line. Each call is idempotent by its command: a transaction that
/// is journaled already is not run again. Large lines take several transactions, each whole by itself. A file for each.
/// </summary>
internal sealed partial class LineCommands(AreaBooks books, LinePlacer placer, ForumCalendar calendar)
{
    private const int MostParts = 40;

    /// <summary>What a receipt settles, in this order.</summary>
    private static readonly Account[] Owed = [Account.Committed, Account.Conditional];

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
