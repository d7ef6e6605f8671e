namespace FundingFlow.Ledger.Rebalancing;

/// <summary>Moves that go together or not at all: their needs have room for all of them at once, not for fewer.</summary>
internal sealed record MoveGroup(IReadOnlyList<RebalanceMove> Moves)
{
    /// <summary>The area in which one transaction holds it; null: it crosses areas, or is too long.</summary>
    public string? Area => Moves.All(move => move.IsWithinArea && move.FromArea == Moves[0].FromArea) && Entities(Moves) <= MostEntities ? Moves[0].FromArea : null;

    /// <summary>Rows of a transaction, so that with the outbox's it stays under the store's 100.</summary>
    public const int MostEntities = 96;

    /// <summary>At most: each line with its journal entry, its standing row and its partner's guard, its parts, and the needs.</summary>
    public static int Entities(IEnumerable<RebalanceMove> moves)
    {
        var (lines, parts, needs) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<(string, PartRef)>(), new HashSet<PartRef>());
        foreach (var move in moves)
        {
            lines.Add(move.PledgeId);
            foreach (var need in new[] { move.From, move.To }.OfType<PartRef>())
            {
                parts.Add((move.PledgeId, need));
                needs.Add(need);
            }
        }

        return (4 * lines.Count) + parts.Count + needs.Count + 1;
    }
}

/// <summary>
/// The order in which moves can be made one after the other with no need ever above its requirement: first those that find room, which
/// gives room to others; where none does, the smallest circle found that opens together. A pure function.
/// </summary>
internal sealed class MoveSchedule
{
    private readonly Dictionary<Place, long> room = [];
    private readonly Dictionary<Place, SortedSet<RebalanceMove>> leaving = [];
    private readonly Dictionary<Place, SortedSet<RebalanceMove>> coming = [];
    private readonly SortedSet<RebalanceMove> pending;
    private readonly SortedSet<RebalanceMove> ready;

    private MoveSchedule(IEnumerable<RebalanceMove> moves, IEnumerable<Position> needs)
    {
        var order = Comparer<RebalanceMove>.Create((x, y) => (x.IsWithinArea ? 0 : 1, x.Number).CompareTo((y.IsWithinArea ? 0 : 1, y.Number)));
        (pending, ready) = (new SortedSet<RebalanceMove>(moves, order), new SortedSet<RebalanceMove>(order));
        foreach (var need in needs) room[Place.Of(need)] = need.Required - need.Filled - need.Reserved;
        foreach (var move in pending)
        {
            if (move.FromPlace is { } from) (leaving.TryGetValue(from, out var set) ? set : leaving[from] = new SortedSet<RebalanceMove>(order)).Add(move);
            if (move.ToPlace is { } to) (coming.TryGetValue(to, out var set) ? set : coming[to] = new SortedSet<RebalanceMove>(order)).Add(move);
        }

        foreach (var move in pending) Look(move);
    }

    /// <param name="needs">As the books have them now.</param>
    /// <returns>Every move once. One that can never find room (the books have changed) comes last, by itself.</returns>
    public static IReadOnlyList<MoveGroup> Of(IReadOnlyList<RebalanceMove> moves, IEnumerable<Position> needs) => new MoveSchedule(moves, needs).Run();

    private List<MoveGroup> Run()
    {
        var groups = new List<MoveGroup>();
        while (pending.Count > 0)
        {
            IReadOnlyList<RebalanceMove> group = ready.Min is { } next ? [next] : Circle(pending.Min!);
            foreach (var move in group) Make(move);
            groups.Add(new MoveGroup(group));
        }

        return groups;
    }

    private void Look(RebalanceMove move)
    {
        if (move.ToPlace is not { } to || room[to] >= move.Value) ready.Add(move);
        else ready.Remove(move);
    }

    private void Make(RebalanceMove move)
    {
        pending.Remove(move);
        ready.Remove(move);
        if (move.ToPlace is { } to)
        {
            room[to] -= move.Value;
            coming[to].Remove(move);
            foreach (var other in coming[to]) Look(other);
        }

        if (move.FromPlace is not { } from) return;
        room[from] += move.Frees;
        leaving[from].Remove(move);
        if (coming.TryGetValue(from, out var waiting)) foreach (var other in waiting) Look(other);
    }

    /// <summary>The move, and what has to leave for it, and for that, until all find room.</summary>
    private List<RebalanceMove> Circle(RebalanceMove start)
    {
        var (circle, taken) = (new List<RebalanceMove> { start }, new HashSet<RebalanceMove> { start });
        var free = new Dictionary<Place, long>();
        var open = new Queue<Place>();
        Add(start);
        while (open.TryDequeue(out var place))
        {
            while (RoomOf(place) < 0 && leaving.TryGetValue(place, out var candidates)
                   && candidates.Where(move => !taken.Contains(move)).OrderBy(move => RoomOf(place) + move.Frees < 0).ThenBy(move => move.IsWithinArea ? 0 : 1).ThenBy(move => move.Frees).ThenBy(move => move.Number).FirstOrDefault() is { } next)
            {
                taken.Add(next);
                circle.Add(next);
                Add(next);
            }
        }

        return circle;

        long RoomOf(Place place) => room[place] + free.GetValueOrDefault(place);

        void Add(RebalanceMove move)
        {
            if (move.FromPlace is { } from) free[from] = free.GetValueOrDefault(from) + move.Frees;
            if (move.ToPlace is not { } to) return;
            free[to] = free.GetValueOrDefault(to) - move.Value;
            open.Enqueue(to);
        }
    }
}
