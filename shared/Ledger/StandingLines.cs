using FundingFlow.Matching;
using FundingFlow.Money;
using FundingFlow.Projects;
using Microsoft.Extensions.Logging;

namespace FundingFlow.Ledger;

/// <summary>Lines that stand, tried again when a need appears or grows, room is freed, or a rate is quoted.</summary>
internal sealed class StandingLines(
    AreaBooks books, ILedgerReader reader, LinePlacer placer, Reservations reservations, IRates rates, LinePlanner planner, ILogger<StandingLines> log)
{
    private const int MostQuoted = 80;

    /// <summary>Tries the lines of one area, and then those that wait in <c>any</c>.</summary>
    public Task ReopenAsync(string area, CancellationToken stop) => ReopenAsync(area == Areas.Any ? [] : [area], stop);

    public Task ReopenAllAsync(CancellationToken stop) => ReopenAsync(Areas.All, stop);

    public async Task FinishSendingsAsync(string area, string pledgeId, CancellationToken stop)
    {
        if (await reader.LineAsync(area, pledgeId, stop) is { } line) await FinishSendingsAsync(line, stop);
    }

    /// <summary>Sends what waits in <c>any</c> to the areas that want it now.</summary>
    public async Task SendOutAsync(string pledgeId, CancellationToken stop)
    {
        if (await reader.LineAsync(Areas.Any, pledgeId, stop) is { } line) await SendOutAsync(line, await AllNeedsAsync(books, fresh: true, stop), stop);
    }

    /// <summary>Ends sendings that are under way, those too that a rebalance holds.</summary>
    public Task FinishSendingsAsync(Line line, CancellationToken stop) => FinishSendingsAsync(line, _ => true, stop);

    public async Task FinishSendingsAsync(Line line, Func<Sending, bool> which, CancellationToken stop)
    {
        foreach (var sending in line.Sendings.Where(sending => !sending.Done && which(sending)))
        {
            await placer.TakeInAsync(await DeclinedAnywhereAsync(Empty(line, sending.Area), sending, stop), sending, "system", stop);
            await books.CommitAsync(line.Area, "arrived", $"arrived.{sending.Id}", "system", async attempt =>
            {
                if (await attempt.UseLineAsync(line.PledgeId) is not { } now || now.Sendings.All(s => s.Id != sending.Id || s.Done)) return false;
                attempt.Work.MarkArrived(line.PledgeId, sending.Id);
                attempt.Work.Mark(line.PledgeId, standing: now.Standing);
                return true;
            }, stop);
        }
    }

    /// <summary>What a rebalance sends was planned over all of an unearmarked pledge's lines: what any of them was declined is known where it arrives.</summary>
    private async Task<Line> DeclinedAnywhereAsync(Line empty, Sending sending, CancellationToken stop)
    {
        if (!empty.Unearmarked || sending.Places is null) return empty;
        var lines = await Task.WhenAll(Areas.All.Append(Areas.Any).Where(area => area != sending.Area).Select(area => reader.LineAsync(area, empty.PledgeId, stop)));
        return empty with { Declined = [.. lines.OfType<Line>().SelectMany(line => line.Declined).Union(empty.Declined)] };
    }

    private async Task ReopenAsync(IReadOnlyList<string> areas, CancellationToken stop)
    {
        foreach (var area in areas)
        {
            await QuoteNeedsAsync(area, stop);
            await reservations.ClearExpiredAsync(area, stop);
            if (await WaitingAsync(area, stop) is not { Count: > 0 } waiting) continue;
            var needs = await books.NeedsAsync(area, fresh: true, stop);
            foreach (var line in waiting) await TryAsync(line, () => ReopenAsync(line, needs, stop), stop);
        }

        if (await WaitingAsync(Areas.Any, stop) is not { Count: > 0 } unplaced) return;
        var all = await AllNeedsAsync(books, fresh: true, stop);
        foreach (var line in unplaced) await TryAsync(line, () => SendOutAsync(line, all, stop), stop);
    }

    /// <summary>What stands and may move; held lines wait for staff.</summary>
    private async Task<IReadOnlyList<Line>> WaitingAsync(string area, CancellationToken stop)
    {
        var waiting = new List<Line>();
        await foreach (var line in reader.StandingAsync(area, stop))
            if (line.Standing != Standing.Held) waiting.Add(line);
        return waiting;
    }

    /// <summary>One line that cannot be placed never keeps the others from it; it is tried again at the next round.</summary>
    private async Task TryAsync(Line line, Func<Task> work, CancellationToken stop)
    {
        try
        {
            await work();
        }
        catch (Exception failure) when (!stop.IsCancellationRequested)
        {
            log.LogError(failure, "The line of {Pledge} in {Area} could not be reopened.", line.PledgeId, line.Area);
        }
    }

    private async Task ReopenAsync(Line line, NeedTable needs, CancellationToken stop)
    {
        line = await FreedAsync(line, stop);
        if (line.Placeable == 0 || line.IsWithdrawn || line.Standing == Standing.Held) return;
        if (planner.MayFit(line, needs)) await placer.PlaceStandingAsync(line.Area, line.PledgeId, "system", stop);
        if (!line.Unearmarked || await reader.LineAsync(line.Area, line.PledgeId, stop) is not { Placeable: > 0 } left || !Standing.MayMoveOn(left.Standing)) return;
        await SendAsync(left, Areas.Any, left.Placeable, stop);
    }

    /// <summary>The line after what is under way has arrived, and what a dead rebalance held back is free; what a running one holds is left alone.</summary>
    private async Task<Line> FreedAsync(Line line, CancellationToken stop)
    {
        await FinishSendingsAsync(line, sending => !sending.IsHeld(books.Now), stop);
        return await reservations.FreeExpiredAsync(line, stop);
    }

    private async Task SendOutAsync(Line line, IReadOnlyList<NeedTable> areas, CancellationToken stop)
    {
        line = await FreedAsync(line, stop);
        if (line.Placeable == 0 || line.IsWithdrawn || line.Standing == Standing.Held) return;
        if (line.Unit.IsMoney && line.Rate is null)
        {
            if (await rates.FindAsync(line.Unit.Code, stop) is null) return;
            // Nothing has room in `any`: this only fixes the rate.
            await placer.PlaceStandingAsync(Areas.Any, line.PledgeId, "system", stop);
            line = (await reader.LineAsync(Areas.Any, line.PledgeId, stop))!;
        }

        foreach (var part in (await planner.SplitAsync(line, areas, stop)).Where(part => part.Area != Areas.Any))
            if (await reader.LineAsync(Areas.Any, line.PledgeId, stop) is { } now && now.Placeable >= part.Minor)
                await SendAsync(now, part.Area, part.Minor, stop);
    }

    private async Task SendAsync(Line line, string area, long minor, CancellationToken stop)
    {
        var sending = new Sending($"move.{line.PledgeId}.{line.Sequence}.{line.Area}.{area}", area, minor, Done: false);
        await books.CommitAsync(line.Area, "moved-out", sending.Id, "system", async attempt =>
        {
            if (await attempt.UseLineAsync(line.PledgeId) is not { } now || now.Sequence != line.Sequence || now.Placeable < minor) return false;
            attempt.Work.Send(line.PledgeId, sending);
            attempt.Work.Mark(line.PledgeId, standing: now.Standing);
            return true;
        }, stop);
        if (await reader.LineAsync(line.Area, line.PledgeId, stop) is { } sent) await FinishSendingsAsync(sent, stop);
    }

    private async Task QuoteNeedsAsync(string area, CancellationToken stop)
    {
        foreach (var currency in (await books.PositionsAsync(area, fresh: false, stop)).Where(p => p.Unit.IsMoney && p.Rate is null).Select(p => p.Unit.Code).Distinct())
        {
            if (await rates.FindAsync(currency, stop) is not { } rate) continue;
            for (var more = true; more;)
                more = await books.CommitAsync(area, "quoted", $"quoted.{currency}", "system", attempt =>
                {
                    foreach (var need in attempt.Positions.Where(p => p.Unit.IsMoney && p.Unit.Code == currency && p.Rate is null).Take(MostQuoted).ToList())
                    {
                        attempt.UsePosition(need.Ref);
                        attempt.Work.Adjust(need.Ref, p => p with { Rate = rate });
                    }

                    return Task.FromResult(true);
                }, stop);
        }
    }

    internal static async Task<IReadOnlyList<NeedTable>> AllNeedsAsync(AreaBooks books, bool fresh, CancellationToken stop)
    {
        var all = new List<NeedTable>();
        foreach (var area in Areas.All) all.Add(await books.NeedsAsync(area, fresh, stop));
        return all;
    }

    /// <summary>
    /// The line to open where a sending arrives first; version 0, so that a withdrawal always finds it behind. One that has ended opens
    /// others as ended.
    /// </summary>
    private static Line Empty(Line line, string area) => line with
    {
        Area = area,
        Amount = 0,
        Unallocated = 0,
        MovedOut = 0,
        MovedIn = 0,
        Withdrawn = 0,
        WrittenOff = 0,
        Parts = [],
        Sendings = [],
        Version = line.Closed ? line.Version : 0,
        Sequence = 0,
        Standing = null,
        Stated = null,
        Parked = null,
    };
}
