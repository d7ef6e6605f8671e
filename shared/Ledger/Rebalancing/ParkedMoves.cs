using FundingFlow.Matching;

namespace FundingFlow.Ledger.Rebalancing;

/// <summary>
/// Moves that no single transaction holds, because they cross areas or a circle is too long. First room is kept at the needs and
/// all that leaves goes on its way (to the other area, or held back in its line); then all comes into the room kept for it. What a
/// crash leaves under way is placed by whoever comes by, once its hold has run out.
/// </summary>
internal sealed class ParkedMoves(
    AreaBooks books, ILedgerReader reader, StandingLines standing, Reservations reservations, PlannedPlacing planned, LinePlanner planner, PlacingPolicy policy,
    LedgerOptions options)
{
    private const int MostTogether = 12;

    /// <summary>Needs that one pledge leaves in one transaction: two rows each, beside those of its line.</summary>
    private const int MostNeedsTogether = 40;

    /// <summary>Keeps room and lets units leave. The commands name the way: a pledge may leave several areas for the same one. To be repeated until it is through, and not once units have begun to come.</summary>
    public async Task LeaveAsync(string rebalance, RebalanceStep step, string by, CancellationToken stop)
    {
        var moves = step.Moves.ToList();
        var wanted = Wanted(moves);
        foreach (var area in AreasOf(moves))
            await reservations.KeepAsync(area, rebalance, [.. wanted.Where(need => need.Key.Area == area).Select(need => KeyValuePair.Create(need.Key.Need, need.Value))],
                Command(rebalance, step, "keep"), stop);
        var titles = await TitlesAsync(moves, stop);
        var apart = moves.Where(move => move is { IsTogether: true, From: not null }).ToList();
        foreach (var area in apart.GroupBy(move => move.FromArea).OrderBy(area => area.Key, StringComparer.Ordinal))
            foreach (var (leaving, index) in area.GroupBy(move => move.PledgeId, StringComparer.Ordinal).OrderBy(pledge => pledge.Key, StringComparer.Ordinal).SelectMany(ByNeeds).Select((leaving, index) => (leaving, index)))
                await LeaveAsync(rebalance, leaving, wanted, _ => null, Command(rebalance, step, $"{area.Key}-apart.{index}"), by, stop);
        await GoAsync([.. moves.Except(apart)], "", isParked: false);
        await GoAsync([.. apart.Where(move => !move.IsWithinArea).Select(move => move with { From = null })], "-apart", isParked: true);

        async Task GoAsync(IReadOnlyList<RebalanceMove> going, string how, bool isParked)
        {
            foreach (var way in going.GroupBy(move => (move.FromArea, move.ToArea)).OrderBy(way => way.Key.FromArea, StringComparer.Ordinal).ThenBy(way => way.Key.ToArea, StringComparer.Ordinal))
                foreach (var (chunk, index) in way.OrderBy(move => move.Number).Chunk(MostTogether).Select((chunk, index) => (chunk, index)))
                {
                    var command = Command(rebalance, step, $"{way.Key.FromArea}-{way.Key.ToArea}{how}.{index}");
                    await LeaveAsync(rebalance, chunk, wanted, line => way.Key.FromArea == way.Key.ToArea ? null : SendingOf(rebalance, command, line, moves, titles), command, by, stop, isParked);
                }
        }
    }

    /// <summary>Places what is under way, and ends what was kept for it.</summary>
    /// <returns>Numbers of the moves that were made as planned.</returns>
    public async Task<IReadOnlyList<int>> ComeAsync(string rebalance, RebalanceStep step, string by, CancellationToken stop)
    {
        var moves = step.Moves.ToList();
        var made = new List<int>();
        await ComeInAsync(moves.Where(move => move is { IsWithinArea: true, To: not null }), "in");
        foreach (var line in moves.Where(move => !move.IsWithinArea).GroupBy(move => (move.FromArea, move.PledgeId)).OrderBy(line => line.Min(move => move.Number)))
            made.AddRange(await ArriveAsync(rebalance, step, line.Key.FromArea, line.Key.PledgeId, [.. line], stop));
        // What waited in its line for more of the same pledge to come, from wherever.
        await ComeInAsync(moves.Where(move => move.To is not null && (move.IsTogether || !move.IsWithinArea) && !made.Contains(move.Number)), "together");
        foreach (var move in moves.Where(move => move.To is null))
            if (await EntryAsync(move.FromArea, move.PledgeId, move, stop)) made.Add(move.Number);
        await EndAsync(rebalance, step, moves, stop);
        return made;

        // All that comes to one part in one transaction: half of it might be less than the pledge's smallest.
        async Task ComeInAsync(IEnumerable<RebalanceMove> coming, string how)
        {
            foreach (var area in coming.GroupBy(move => move.ToArea).OrderBy(area => area.Key, StringComparer.Ordinal).ToList())
                foreach (var (parts, index) in area.OrderBy(move => move.Number).GroupBy(move => (move.PledgeId, move.To)).OrderBy(part => part.Key.PledgeId, StringComparer.Ordinal).Chunk(MostTogether).Select((parts, index) => (parts, index)))
                    made.AddRange(await ComeAsync(rebalance, area.Key, [.. parts.SelectMany(part => part)], Command(rebalance, step, $"{how}.{index}"), by, stop));
        }

        // Only released: its journal entry says so.
        async Task<bool> EntryAsync(string area, string pledgeId, RebalanceMove move, CancellationToken token)
            => (await reader.HistoryAsync(area, pledgeId, token)).Any(entry => entry.Command.StartsWith(Command(rebalance, step, ""), StringComparison.Ordinal) && DirectMoves.Shows(entry, move));
    }

    /// <summary>As many needs as a transaction holds, each with all that leaves it: in between no part is smaller than before or after.</summary>
    private static IEnumerable<IReadOnlyList<RebalanceMove>> ByNeeds(IEnumerable<RebalanceMove> ofPledge)
        => ofPledge.GroupBy(move => move.From).Chunk(MostNeedsTogether).Select(needs => needs.SelectMany(need => need).ToList());

    /// <param name="sendingOf">How a line's units go to another area; null: they wait in the line for the room that opens.</param>
    /// <param name="isParked">They wait in the line already.</param>
    private async Task LeaveAsync(
        string rebalance, IReadOnlyList<RebalanceMove> moves, IReadOnlyDictionary<Place, long> wanted, Func<IReadOnlyList<RebalanceMove>, Sending?> sendingOf, string command, string by,
        CancellationToken stop, bool isParked = false)
        => await books.CommitAsync(moves[0].FromArea, "rebalanced", command, by, async attempt =>
        {
            foreach (var pledge in moves.Select(move => move.PledgeId).Distinct())
                if (await attempt.EntryAsync(pledge) is not null) return false;
            var caps = new CapBooks(books, planner, attempt);
            await MoveCheck.ReadAsync(attempt, caps, moves, stop);
            var leaving = DirectMoves.Possible(Together(moves), () => new MoveCheck(attempt, new Movable(policy, planner.Today, attempt.Work.At), planned, caps, rebalance, isParked), onlyLeaving: true)
                .SelectMany(group => group).ToList();
            foreach (var move in leaving.Where(move => move.From is not null)) attempt.Work.ReleaseExactly(move.PledgeId, move.From!, move.Minor);
            foreach (var line in leaving.GroupBy(move => move.PledgeId, StringComparer.Ordinal))
            {
                var minor = line.Where(move => move.To is not null).Sum(move => move.Minor);
                if (isParked) attempt.Work.Unpark(line.Key, rebalance, minor);
                if (sendingOf([.. line]) is { } sending) attempt.Work.Send(line.Key, sending);
                else if (minor > 0) attempt.Work.Park(line.Key, rebalance, minor, attempt.Work.At + options.ReservedFor);
                attempt.Work.Mark(line.Key, standing: attempt.Work.Line(line.Key).Standing ?? Standing.NoNeed);
            }

            foreach (var need in leaving.Select(move => move.From).OfType<PartRef>().Distinct())
                if (wanted.TryGetValue(new Place(attempt.Work.Area, need), out var value)) reservations.Keep(attempt, need, rebalance, value);
            return leaving.Count > 0;
        }, stop);

    /// <summary>Each by itself; of a pledge with a smallest part all at once, or the first might leave less.</summary>
    private static List<IReadOnlyList<RebalanceMove>> Together(IReadOnlyList<RebalanceMove> moves)
        => [.. moves.GroupBy(move => (move.PledgeId, move.IsTogether ? -1 : move.Number)).Select(group => group.ToList())];

    /// <param name="moves">Of one line, to one area.</param>
    /// <param name="whole">The step's, which know where the units came from.</param>
    private Sending SendingOf(string rebalance, string command, IReadOnlyList<RebalanceMove> moves, IReadOnlyList<RebalanceMove> whole, IReadOnlyDictionary<Place, string> titles)
        => new(command, moves[0].ToArea, moves.Sum(move => move.Minor), Done: false)
        {
            For = rebalance,
            HeldUntil = books.Now + options.ReservedFor,
            // The largest first: with it, what would be too little for a part of its own is enough.
            Places = [.. moves.OrderByDescending(move => move.Minor).ThenBy(move => move.Number).Select(move => new PlannedPlace(move.To!, move.Minor, move.Value, MoveWords.Because(whole.First(other => other.Number == move.Number), titles, planner.Today)))],
        };

    private async Task<IReadOnlyDictionary<Place, string>> TitlesAsync(IReadOnlyList<RebalanceMove> moves, CancellationToken stop)
    {
        var titles = new Dictionary<Place, string>();
        foreach (var area in moves.SelectMany(move => new[] { move.FromArea, move.ToArea }).Distinct())
            foreach (var need in await books.PositionsAsync(area, fresh: false, stop)) titles[Place.Of(need)] = need.Title;
        return titles;
    }

    private async Task<IReadOnlyList<int>> ComeAsync(string rebalance, string area, IReadOnlyList<RebalanceMove> moves, string command, string by, CancellationToken stop)
    {
        List<int> made = [];
        await books.CommitAsync(area, "rebalanced", command, by, async attempt =>
        {
            made = [];
            foreach (var pledge in moves.GroupBy(move => move.PledgeId, StringComparer.Ordinal))
                if (await attempt.EntryAsync(pledge.Key) is { } entry) made.AddRange(pledge.Where(move => DirectMoves.Shows(entry, move)).Select(move => move.Number));
            if (made.Count > 0) return false;
            var caps = new CapBooks(books, planner, attempt);
            await MoveCheck.ReadAsync(attempt, caps, moves, stop);
            var titles = attempt.Positions.ToDictionary(Place.Of, need => need.Title);
            var original = moves.ToDictionary(move => move.Number);
            var possible = DirectMoves.Possible(Together([.. moves.Select(move => move with { From = null })]),
                () => new MoveCheck(attempt, new Movable(policy, planner.Today, attempt.Work.At), planned, caps, rebalance, useParked: true));
            foreach (var move in possible.SelectMany(group => group))
            {
                attempt.Work.Unpark(move.PledgeId, rebalance, move.Minor);
                if (await planned.ProposeAsync(attempt, move.PledgeId, new PlannedPlace(move.To!, move.Minor, move.Value, MoveWords.Because(original[move.Number], titles, planner.Today)), rebalance))
                    made.Add(move.Number);
                attempt.Work.Mark(move.PledgeId, standing: attempt.Work.Line(move.PledgeId).Standing);
            }

            return made.Count > 0;
        }, stop);
        return made;
    }

    private async Task<IEnumerable<int>> ArriveAsync(string rebalance, RebalanceStep step, string from, string pledgeId, IReadOnlyList<RebalanceMove> moves, CancellationToken stop)
    {
        if (await reader.LineAsync(from, pledgeId, stop) is not { } line) return [];
        var prefix = Command(rebalance, step, "");
        await standing.FinishSendingsAsync(line, sending => sending.Id.StartsWith(prefix, StringComparison.Ordinal), stop);
        var made = new List<int>();
        foreach (var sending in line.Sendings.Where(sending => sending.Id.StartsWith(prefix, StringComparison.Ordinal)))
            if (await books.FindAsync<JournalEntry>(sending.Area, LedgerKeys.Journal(pledgeId, sending.Id), stop) is { Value: var entry })
                made.AddRange(moves.Where(move => move.ToArea == sending.Area && DirectMoves.Shows(entry, move)).Select(move => move.Number));
        return made;
    }

    private async Task EndAsync(string rebalance, RebalanceStep step, IReadOnlyList<RebalanceMove> moves, CancellationToken stop)
    {
        foreach (var line in moves.Where(move => move.To is not null).Select(move => (move.ToArea, move.PledgeId)).Distinct())
            await reservations.FreeAsync(line.ToArea, line.PledgeId, rebalance, Command(rebalance, step, "freed"), stop);
        foreach (var area in AreasOf(moves))
            await reservations.KeepAsync(area, rebalance, [.. Wanted(moves).Keys.Where(need => need.Area == area).Select(need => KeyValuePair.Create(need.Need, 0L))],
                Command(rebalance, step, "end"), stop);
    }

    private static string Command(string rebalance, RebalanceStep step, string what) => $"rebalance.{rebalance}.{step.Number}.{what}";

    private static IReadOnlyList<string> AreasOf(IEnumerable<RebalanceMove> moves)
        => [.. moves.Where(move => move.To is not null).Select(move => move.ToArea).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>What is to come to each need.</summary>
    private static Dictionary<Place, long> Wanted(IEnumerable<RebalanceMove> moves)
        => moves.Where(move => move.To is not null).GroupBy(move => move.ToPlace!.Value).ToDictionary(need => need.Key, need => need.Sum(move => move.Value));
}
