using FundingFlow.Pledges;

namespace FundingFlow.Ledger;

internal sealed partial class LineCommands
{
    private const int MostTold = 20;

    /// <summary>Several lines of an area in one transaction. Once told is told: a later digest does not begin the time anew.</summary>
    public async Task TellAsync(IEnumerable<Allocation> parts, CancellationToken stop)
    {
        foreach (var area in parts.Where(part => part.Proposed.Minor > 0 && part.ToldAt is null).GroupBy(part => part.Area).OrderBy(area => area.Key, StringComparer.Ordinal))
            foreach (var chunk in area.OrderBy(part => part.PledgeId, StringComparer.Ordinal).Chunk(MostTold))
                await books.CommitAsync(area.Key, "told", $"told.{PledgeId.Short(string.Join('\n', chunk.Select(part => $"{part.Id} {part.At:O}")))}", "system", async attempt =>
                {
                    foreach (var part in chunk)
                        if (await attempt.UseLineAsync(part.PledgeId) is { } line && !await attempt.IsDoneAsync(part.PledgeId)
                            && await attempt.UsePartAsync(part.PledgeId, RefOf(part)) is { Proposed.Minor: > 0, ToldAt: null })
                        {
                            attempt.Work.Tell(part.PledgeId, RefOf(part));
                            attempt.Work.Mark(part.PledgeId, standing: line.Standing);
                        }

                    return true;
                }, stop);
    }
}
