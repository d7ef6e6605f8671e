namespace FundingFlow.Ledger;

/// <summary>Room that is kept for what a rebalance has under way, and units that it holds back: set, ended, and ended for one that died.</summary>
internal sealed class Reservations(AreaBooks books, LedgerOptions options)
{
    private const int MostNeeds = 80;

    /// <summary>Keeps room at needs: up to what is asked, and never more than there is.</summary>
    /// <param name="wanted">In the need's unit, together with what is kept already. 0 ends it.</param>
    /// <param name="command">Unique in the rebalance.</param>
    public async Task KeepAsync(string area, string rebalance, IReadOnlyCollection<KeyValuePair<PartRef, long>> wanted, string command, CancellationToken stop)
    {
        foreach (var (chunk, index) in wanted.Chunk(MostNeeds).Select((chunk, index) => (chunk, index)))
            await books.CommitAsync(area, "reserved", $"{command}.{index}", "system", attempt =>
            {
                foreach (var (need, value) in chunk) Keep(attempt, need, rebalance, value);
                return Task.FromResult(true);
            }, stop);
    }

    /// <summary>As <see cref="KeepAsync"/>, within a transaction.</summary>
    public void Keep(Attempt attempt, PartRef need, string rebalance, long wanted)
    {
        if (attempt.FindPosition(need) is null) return;
        attempt.UsePosition(need);
        var now = attempt.Work.Position(need);
        var kept = now.ReservedFor(rebalance);
        var value = Math.Min(wanted, kept + now.Room);
        if (value != kept) attempt.Work.Adjust(need, position => position.Reserve(rebalance, value, attempt.Work.At + options.ReservedFor));
    }

    /// <summary>Frees what is held back in a line for one rebalance.</summary>
    public Task FreeAsync(string area, string pledgeId, string rebalance, string command, CancellationToken stop)
        => books.CommitAsync(area, "freed", command, "system", async attempt =>
        {
            if (await attempt.UseLineAsync(pledgeId) is not { Parked: { } parked } line || !parked.Any(parking => parking.For == rebalance)) return false;
            attempt.Work.Unpark(pledgeId, rebalance);
            attempt.Work.Mark(pledgeId, standing: line.Standing ?? Standing.NoNeed);
            return true;
        }, stop);

    /// <summary>Frees what a rebalance that died holds back in the line.</summary>
    /// <returns>The line as it is then.</returns>
    public async Task<Line> FreeExpiredAsync(Line line, CancellationToken stop)
    {
        if (line.Parked is not { } parked || !parked.Any(parking => parking.Until <= books.Now)) return line;
        foreach (var rebalance in parked.Where(parking => parking.Until <= books.Now).Select(parking => parking.For).Distinct())
            await FreeAsync(line.Area, line.PledgeId, rebalance, $"freed.{rebalance}.{line.Sequence}", stop);
        return (await books.FindAsync<Line>(line.Area, LedgerKeys.Line(line.PledgeId), stop))?.Value ?? line;
    }

    /// <summary>Clears the room that a rebalance which died keeps in an area.</summary>
    public async Task ClearExpiredAsync(string area, CancellationToken stop)
    {
        if (!(await books.PositionsAsync(area, fresh: false, stop)).Any(IsExpired)) return;
        for (var more = true; more;)
            more = await books.CommitAsync(area, "cleared", "cleared", "system", attempt =>
            {
                foreach (var need in attempt.Positions.Where(IsExpired).Take(MostNeeds).ToList())
                {
                    attempt.UsePosition(need.Ref);
                    foreach (var old in need.Reservations!.Where(reservation => reservation.Until <= attempt.Work.At))
                        attempt.Work.Adjust(need.Ref, position => position.Reserve(old.For, 0, default));
                }

                return Task.FromResult(true);
            }, stop);
    }

    private bool IsExpired(Position need) => need.Reservations?.Any(reservation => reservation.Until <= books.Now) == true;
}
