using FundingFlow.Matching;
using FundingFlow.Storage;

namespace FundingFlow.Ledger.Rebalancing;

/// <summary>
/// Runs a rebalance from where it stands: the plan is recorded before anything moves, each step is known by its journal entries, so
/// that after a crash, or beside another worker that runs it too, nothing is moved twice.
/// </summary>
internal sealed class RebalanceRunner(
    RebalanceStore store, ITables tables, DirectMoves direct, ParkedMoves parked, PlacingPolicy policy, ForumCalendar calendar)
{
    /// <summary>Steps whose progress is written together; what a crash repeats of them writes nothing.</summary>
    private const int StepsInASave = 10;

    /// <param name="until">After that no further step is begun: another run is to go on.</param>
    public async Task<Stored<RebalanceDocument>> RunAsync(Stored<RebalanceDocument> stored, DateTimeOffset until, CancellationToken stop)
    {
        if (stored.Value.Status == RebalanceStatus.Planning) stored = await PlanAsync(stored, stop);
        if (stored.Value.Status == RebalanceStatus.Moving) stored = await MoveAsync(stored, until, stop);
        return stored;
    }

    private async Task<Stored<RebalanceDocument>> PlanAsync(Stored<RebalanceDocument> stored, CancellationToken stop)
    {
        var books = await BooksAt.ReadAsync(tables, calendar, stop);
        var plan = RebalancePlan.Of(books, policy);
        stored = await store.WriteAsync(stored, plan.Steps, () => calendar.Now, stop);
        var moves = plan.Steps.SelectMany(step => step.Moves).ToList();
        var planned = stored.Value with
        {
            Units = plan.Units, Steps = plan.Steps.Count, Planned = moves.Count, TouchedAt = calendar.Now, Faults = 0, Status = RebalanceStatus.Moving,
        };
        if (!planned.DryRun) return await store.SaveAsync(planned, stored.ETag, [], stop);
        var parts = PartCount.Of(books.Parts, moves);
        return await store.SaveAsync(planned with { Status = RebalanceStatus.Done, FinishedAt = calendar.Now, Parts = parts.All, MostPartsOfOnePledge = parts.Most }, stored.ETag, [], stop);
    }

    private async Task<Stored<RebalanceDocument>> MoveAsync(Stored<RebalanceDocument> stored, DateTimeOffset until, CancellationToken stop)
    {
        var unsaved = new List<RebalanceStep>();
        await foreach (var step in store.StepsAsync(stored.Value.Id, stored.Value.StepsDone, stop))
        {
            if (step.Number >= stored.Value.Steps) break;
            if (calendar.Now > until) return await SaveAsync(stored, unsaved, null, stop);
            var left = step;
            if (step is { Area: null, HasLeft: false })
            {
                await parked.LeaveAsync(stored.Value.Id, step, stored.Value.By, stop);
                left = step with { HasLeft = true };
                stored = await SaveAsync(stored, unsaved, left, stop);
            }

            var made = step.Area is null
                ? await parked.ComeAsync(stored.Value.Id, step, stored.Value.By, stop)
                : await direct.MakeAsync(stored.Value.Id, step, stored.Value.By, stop);
            unsaved.Add(left with { Done = true, Made = [.. made.Order()] });
            if (unsaved.Count == StepsInASave) stored = await SaveAsync(stored, unsaved, null, stop);
        }

        var books = await BooksAt.ReadAsync(tables, calendar, stop);
        var parts = PartCount.Of(books.Parts, []);
        var finished = Counted(stored.Value, unsaved) with
        {
            Status = RebalanceStatus.Done, FinishedAt = calendar.Now, Units = RebalancePlan.After(stored.Value.Units, books, policy),
            Parts = parts.All, MostPartsOfOnePledge = parts.Most,
        };
        return await store.SaveAsync(finished, stored.ETag, unsaved, stop);
    }

    private async Task<Stored<RebalanceDocument>> SaveAsync(Stored<RebalanceDocument> stored, List<RebalanceStep> done, RebalanceStep? begun, CancellationToken stop)
    {
        var saved = await store.SaveAsync(Counted(stored.Value, done), stored.ETag, begun is null ? [.. done] : [.. done, begun], stop);
        done.Clear();
        return saved;
    }

    private RebalanceDocument Counted(RebalanceDocument rebalance, IReadOnlyList<RebalanceStep> done) => rebalance with
    {
        StepsDone = rebalance.StepsDone + done.Count,
        Moved = rebalance.Moved + done.Sum(step => step.Made.Count),
        Skipped = rebalance.Skipped + done.Sum(step => step.Moves.Count() - step.Made.Count),
        TouchedAt = calendar.Now,
        Faults = 0,
    };
}

/// <summary>How many parts there are, and how many the pledge has that has most.</summary>
internal readonly record struct PartCount(int All, int Most)
{
    /// <param name="moves">Made in thought.</param>
    public static PartCount Of(IEnumerable<Allocation> parts, IEnumerable<RebalanceMove> moves)
    {
        var minor = new Dictionary<(string PledgeId, Place), long>();
        foreach (var part in parts) minor[(part.PledgeId, Place.Of(part))] = part.Total.Minor;
        foreach (var move in moves)
        {
            if (move.FromPlace is { } from) minor[(move.PledgeId, from)] = minor.GetValueOrDefault((move.PledgeId, from)) - move.Minor;
            if (move.ToPlace is { } to) minor[(move.PledgeId, to)] = minor.GetValueOrDefault((move.PledgeId, to)) + move.Minor;
        }

        var left = minor.Where(part => part.Value > 0).GroupBy(part => part.Key.PledgeId, StringComparer.Ordinal).Select(pledge => pledge.Count()).ToList();
        return new PartCount(left.Sum(), left.DefaultIfEmpty(0).Max());
    }
}
