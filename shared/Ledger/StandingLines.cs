using FundingFlow.Matching;
using FundingFlow.Money;
using FundingFlow.Projects;

namespace FundingFlow.Ledger;

/// <summary>Lines that stand, tried again when a need appears or grows, room is freed, or a rate is quoted.</summary>
internal sealed class StandingLines(
    AreaBooks books, ILedgerReader reader, LinePlacer placer, IRates rates, PlacingPolicy policy, ForumCalendar calendar)
{
    public async Task ReopenAsync(string area, CancellationToken stop)
    {
        await QuoteNeedsAsync(area, stop);
        if (area != Areas.Any)
            await foreach (var line in reader.StandingAsync(area, stop))
                if (line.Standing != Standing.Held) await placer.PlaceStandingAsync(area, line.PledgeId, "system", stop);
        await foreach (var line in reader.StandingAsync(Areas.Any, stop)) await SendOutAsync(line, stop);
    }

    /// <summary>Ends sendings that a crash left under way.</summary>
    public async Task FinishSendingsAsync(string pledgeId, CancellationToken stop)
    {
        if (await reader.LineAsync(Areas.Any, pledgeId, stop) is { } line) await ArriveAsync(line, stop);
    }

    private async Task SendOutAsync(Line line, CancellationToken stop)
    {
        await ArriveAsync(line, stop);
        if (line.Unallocated == 0 || line.Standing == Standing.Held) return;
        if (line.Unit.IsMoney && line.Rate is null && await rates.FindAsync(line.Unit.Code, stop) is { } rate)
        {
            await books.CommitAsync(Areas.Any, "quoted", $"quote.{line.Sequence}", "system", async attempt =>
            {
                if (await attempt.UseLineAsync(line.PledgeId) is not { Rate: null }) return false;
                attempt.Work.Quote(line.PledgeId, rate);
                attempt.Work.Mark(line.PledgeId, standing: Placement.NoNeed);
                return true;
            }, stop);
            line = (await reader.LineAsync(Areas.Any, line.PledgeId, stop))!;
        }

        var split = LineSplitter.Split(line, await AllPositionsAsync(books, fresh: false, stop), policy, calendar.Today);
        foreach (var part in split.Where(part => part.Area != Areas.Any))
        {
            var sending = new Sending($"move.{line.Sequence}.{part.Area}", part.Area, part.Minor, Done: false);
            await books.CommitAsync(Areas.Any, "moved-out", sending.Id, "system", async attempt =>
            {
                if (await attempt.UseLineAsync(line.PledgeId) is not { } now || now.Unallocated < sending.Minor) return false;
                if (await attempt.IsDoneAsync(line.PledgeId)) return false;
                attempt.Work.Send(line.PledgeId, sending);
                return true;
            }, stop);
        }

        if (await reader.LineAsync(Areas.Any, line.PledgeId, stop) is { } sent) await ArriveAsync(sent, stop);
    }

    private async Task ArriveAsync(Line line, CancellationToken stop)
    {
        foreach (var sending in line.Sendings.Where(sending => !sending.Done))
        {
            await placer.TakeInAsync(Empty(line, sending.Area), sending, "system", stop);
            await books.CommitAsync(Areas.Any, "arrived", $"arrived.{sending.Id}", "system", async attempt =>
            {
                if (await attempt.UseLineAsync(line.PledgeId) is not { } now || now.Sendings.All(s => s.Id != sending.Id || s.Done)) return false;
                attempt.Work.MarkArrived(line.PledgeId, sending.Id);
                attempt.Work.Mark(line.PledgeId, standing: now.Standing);
                return true;
            }, stop);
        }
    }

    private async Task QuoteNeedsAsync(string area, CancellationToken stop)
    {
        foreach (var currency in (await books.PositionsAsync(area, fresh: true, stop)).Where(p => p.Unit.IsMoney && p.Rate is null).Select(p => p.Unit.Code).Distinct())
        {
            if (await rates.FindAsync(currency, stop) is not { } rate) continue;
            while (await books.CommitAsync(area, "quoted", $"quoted.{currency}", "system", attempt =>
            {
                foreach (var need in attempt.Positions.Where(p => p.Unit.IsMoney && p.Unit.Code == currency && p.Rate is null).Take(80).ToList())
                {
                    attempt.UsePosition(need.Ref);
                    attempt.Work.Adjust(need.Ref, p => p with { Rate = rate });
                }

                return Task.FromResult(true);
            }, stop)) { }
        }
    }

    internal static async Task<IReadOnlyList<Position>> AllPositionsAsync(AreaBooks books, bool fresh, CancellationToken stop)
    {
        var all = new List<Position>();
        foreach (var area in Areas.All) all.AddRange(await books.PositionsAsync(area, fresh, stop));
        return all;
    }

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
        Sequence = 0,
        Standing = null,
        Stated = null,
    };
}
