namespace FundingFlow.Ledger.Rebalancing;

/// <summary>One transaction of one area, or a handful of moves that go over reserved room. Its row tells how far it came.</summary>
/// <param name="Area">Null: over reserved room.</param>
/// <param name="Groups">Each whole or not at all, in this order.</param>
public sealed record RebalanceStep(int Number, string? Area, IReadOnlyList<IReadOnlyList<RebalanceMove>> Groups)
{
    public int V { get; init; } = 1;

    /// <summary>Everything that leaves has left; what is to come may come. Only over reserved room.</summary>
    public bool HasLeft { get; init; }

    public bool Done { get; init; }

    /// <summary>Rows beside this one that hold the rest of its moves: a long circle is more than a row holds.</summary>
    public int MoreRows { get; init; }

    /// <summary>Numbers of the moves that were made; the others met other books than planned, and were left.</summary>
    public IReadOnlyList<int> Made { get; init; } = [];

    public IEnumerable<RebalanceMove> Moves => Groups.SelectMany(group => group);

    private const int MostTogether = 150;

    /// <summary>Packs groups into few transactions, never past one that another waits for.</summary>
    internal static IReadOnlyList<RebalanceStep> Pack(IEnumerable<MoveGroup> groups)
    {
        var steps = new List<RebalanceStep>();
        var open = new SortedDictionary<string, List<IReadOnlyList<RebalanceMove>>>(StringComparer.Ordinal);
        var crossing = new List<IReadOnlyList<RebalanceMove>>();
        foreach (var group in groups)
        {
            if (group.Area is { } area)
            {
                CloseCrossing();
                var together = open.TryGetValue(area, out var list) ? list : open[area] = [];
                if (MoveGroup.Entities(together.SelectMany(moves => moves).Concat(group.Moves)) > MoveGroup.MostEntities) Close(area);
                open[area].Add(group.Moves);
                continue;
            }

            foreach (var waiting in open.Keys.ToList()) Close(waiting);
            if (crossing.Sum(moves => moves.Count) + group.Moves.Count > MostTogether) CloseCrossing();
            crossing.Add(group.Moves);
        }

        CloseCrossing();
        foreach (var area in open.Keys.ToList()) Close(area);
        return steps;

        void Close(string area)
        {
            if (open[area].Count > 0) steps.Add(new RebalanceStep(steps.Count, area, open[area]));
            open[area] = [];
        }

        void CloseCrossing()
        {
            if (crossing.Count > 0) steps.Add(new RebalanceStep(steps.Count, null, crossing));
            crossing = [];
        }
    }
}
