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
/// The order in which moves can be made one after the other with no need ever above its requirement, and no partner above its share: first
/// those that find room, which gives room to others; where none does, the smallest circle found that opens together. A pure function.
/// </summary>
internal sealed class MoveSchedule
{
    private readonly Rooms rooms;
    private readonly Dictionary<Room, long> room = [];
    private readonly Dictionary<Room, SortedSet<Bundle>> leaving = [];
    private readonly Dictionary<Room, SortedSet<Bundle>> coming = [];
    private readonly SortedSet<Bundle> pending = [];
    private readonly SortedSet<Bundle> ready = [];

    private MoveSchedule(IReadOnlyList<RebalanceMove> moves, Rooms rooms)
    {
        this.rooms = rooms;
        foreach (var bundle in moves.GroupBy(move => move.IsTogether ? move.PledgeId : move.Number.ToString(System.Globalization.CultureInfo.InvariantCulture)))
            pending.Add(new Bundle([.. bundle], rooms));
        foreach (var bundle in pending)
            foreach (var (place, net) in bundle.Net)
                Of(net > 0 ? coming : leaving, place).Add(bundle);
        foreach (var bundle in pending) Look(bundle);
    }

    /// <returns>Every move once. One that can never find room (the books have changed) comes last, by itself.</returns>
    public static IReadOnlyList<MoveGroup> Of(IReadOnlyList<RebalanceMove> moves, Rooms rooms) => new MoveSchedule(moves, rooms).Run();

    private static SortedSet<Bundle> Of(Dictionary<Room, SortedSet<Bundle>> sets, Room place) => sets.TryGetValue(place, out var set) ? set : sets[place] = [];

    private long RoomAt(Room place) => room.TryGetValue(place, out var left) ? left : rooms.LeftAt(place);

    private List<MoveGroup> Run()
    {
        var groups = new List<MoveGroup>();
        while (pending.Count > 0)
        {
            IReadOnlyList<Bundle> group = ready.Min is { } next ? [next] : Circle(pending.Min!);
            foreach (var bundle in group) Make(bundle);
            groups.Add(new MoveGroup([.. group.SelectMany(bundle => bundle.Moves)]));
        }

        return groups;
    }

    private void Look(Bundle bundle)
    {
        if (bundle.Net.All(net => net.Value <= 0 || RoomAt(net.Key) >= net.Value)) ready.Add(bundle);
        else ready.Remove(bundle);
    }

    private void Make(Bundle bundle)
    {
        pending.Remove(bundle);
        ready.Remove(bundle);
        foreach (var (place, net) in bundle.Net)
        {
            Of(net > 0 ? coming : leaving, place).Remove(bundle);
            room[place] = RoomAt(place) - net;
        }

        foreach (var (place, net) in bundle.Net)
        {
            var (now, before) = (RoomAt(place), RoomAt(place) + net);
            foreach (var other in Of(coming, place))
                if (now >= other.Net[place] != before >= other.Net[place]) Look(other);
        }
    }

    /// <summary>The moves, and what has to leave for them, and for those, until all find room.</summary>
    private List<Bundle> Circle(Bundle start)
    {
        var (circle, taken) = (new List<Bundle>(), new HashSet<Bundle>());
        var used = new Dictionary<Room, long>();
        var open = new Queue<Room>();
        Add(start);
        while (open.TryDequeue(out var place))
            while (LeftAt(place) < 0 && Of(leaving, place).Where(bundle => !taken.Contains(bundle))
                       .OrderBy(bundle => LeftAt(place) - bundle.Net[place] < 0).ThenBy(bundle => bundle.IsWithinArea ? 0 : 1).ThenByDescending(bundle => bundle.Net[place]).ThenBy(bundle => bundle.Number)
                       .FirstOrDefault() is { } next)
                Add(next);
        return circle;

        long LeftAt(Room place) => RoomAt(place) - used.GetValueOrDefault(place);

        void Add(Bundle bundle)
        {
            taken.Add(bundle);
            circle.Add(bundle);
            foreach (var (place, net) in bundle.Net)
            {
                used[place] = used.GetValueOrDefault(place) + net;
                if (net > 0) open.Enqueue(place);
            }
        }
    }

    /// <summary>Moves that are only made together, and what they take of each room together; below 0: they give.</summary>
    private sealed class Bundle : IComparable<Bundle>
    {
        public Bundle(IReadOnlyList<RebalanceMove> moves, Rooms rooms)
        {
            Moves = moves;
            IsWithinArea = moves.All(move => move.IsWithinArea && move.FromArea == moves[0].FromArea);
            foreach (var move in moves)
            {
                foreach (var place in rooms.Of(move, move.ToPlace)) Net[place] = Net.GetValueOrDefault(place) + move.Value;
                foreach (var place in rooms.Of(move, move.FromPlace)) Net[place] = Net.GetValueOrDefault(place) - move.Frees;
            }
        }

        public IReadOnlyList<RebalanceMove> Moves { get; }
        public int Number => Moves[0].Number;
        public bool IsWithinArea { get; }
        public SortedDictionary<Room, long> Net { get; } = [];

        public int CompareTo(Bundle? other) => other is null ? 1 : (IsWithinArea ? 0 : 1, Number).CompareTo((other.IsWithinArea ? 0 : 1, other.Number));
    }
}
