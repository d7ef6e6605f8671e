using FundingFlow.Matching;

namespace FundingFlow.Ledger.Rebalancing;

/// <summary>Moves within one area: a whole step in one transaction, so that no need is above its requirement at any moment, nor any unit nowhere.</summary>
internal sealed class DirectMoves(AreaBooks books, PlannedPlacing planned, LinePlanner planner, PlacingPolicy policy)
{
    /// <returns>Numbers of the moves that were made, now or before a crash.</returns>
    public async Task<IReadOnlyList<int>> MakeAsync(string rebalance, RebalanceStep step, string by, CancellationToken stop)
    {
        List<int> made = [];
        var moves = step.Moves.ToList();
        await books.CommitAsync(step.Area!, "rebalanced", $"rebalance.{rebalance}.{step.Number}", by, async attempt =>
        {
            made = await MadeBeforeAsync(attempt, moves);
            if (made.Count > 0) return false;
            var caps = new CapBooks(books, planner, attempt);
            await MoveCheck.ReadAsync(attempt, caps, moves, stop);
            var groups = Possible(step.Groups, () => CheckOf(attempt, caps, rebalance));
            if (groups.Count < step.Groups.Count && !attempt.IsFresh)
            {
                await MoveCheck.RefreshAsync(attempt, moves);
                groups = Possible(step.Groups, () => CheckOf(attempt, caps, rebalance));
            }

            var titles = attempt.Positions.ToDictionary(Place.Of, need => need.Title);
            foreach (var group in groups) await MakeAsync(attempt, group, titles);
            made = [.. groups.SelectMany(group => group).Select(move => move.Number)];
            return groups.Count > 0;
        }, stop);
        return made;
    }

    /// <summary>Those of the groups that can be made, each after those before it.</summary>
    /// <param name="newCheck">One that has counted on nothing yet.</param>
    /// <param name="onlyLeaving">The first half alone: units that leave for another area, or to wait.</param>
    internal static List<IReadOnlyList<RebalanceMove>> Possible(
        IReadOnlyList<IReadOnlyList<RebalanceMove>> groups, Func<MoveCheck> newCheck, bool onlyLeaving = false)
    {
        var possible = new List<IReadOnlyList<RebalanceMove>>();
        var check = newCheck();
        foreach (var group in groups)
        {
            if (check.Allows(group, onlyLeaving))
            {
                possible.Add(group);
                continue;
            }

            // It has counted on some of what is not possible: another counts on what is.
            check = newCheck();
            foreach (var made in possible) check.Allows(made, onlyLeaving);
        }

        return possible;
    }

    private MoveCheck CheckOf(Attempt attempt, CapBooks caps, string rebalance)
        => new(attempt, new Movable(policy, planner.Today, attempt.Work.At), planned, caps, rebalance, useParked: false);

    private async Task MakeAsync(Attempt attempt, IReadOnlyList<RebalanceMove> group, IReadOnlyDictionary<Place, string> titles)
    {
        foreach (var move in group.Where(move => move.From is not null))
        {
            attempt.Work.ReleaseExactly(move.PledgeId, move.From!, move.Minor);
            attempt.Work.Mark(move.PledgeId, standing: Standing.NoNeed);
        }

        foreach (var move in group.Where(move => move.To is not null))
            if (!await planned.ProposeAsync(attempt, move.PledgeId, new PlannedPlace(move.To!, move.Minor, move.Value, MoveWords.Because(move, titles, planner.Today)), null))
                throw new InvalidOperationException($"Move {move.Number} of {move.PledgeId} was checked and cannot be made.");
    }

    private static async Task<List<int>> MadeBeforeAsync(Attempt attempt, IReadOnlyList<RebalanceMove> moves)
    {
        var made = new List<int>();
        foreach (var line in moves.GroupBy(move => move.PledgeId, StringComparer.Ordinal))
            if (await attempt.EntryAsync(line.Key) is { } entry) made.AddRange(line.Where(move => Shows(entry, move)).Select(move => move.Number));
        return made;
    }

    internal static bool Shows(JournalEntry entry, RebalanceMove move) => entry.Postings.Any(posting => posting.Account == Account.Proposed
        && (move.To is { } to ? posting.Minor > 0 && Is(posting, to) : posting.Minor < 0 && Is(posting, move.From!)));

    private static bool Is(Posting posting, PartRef need) => posting.ProjectId == need.ProjectId && posting.NeedId == need.NeedId;
}
