namespace FundingFlow.Matching.Optimum;

/// <summary>
/// A checked problem in arrays, supplies by id, so that the order of its lists does not matter. Supplies that may go
/// to the same demands with the same fit are one group, whatever their class was called; those of a partner with a cap
/// that can bind have a group of their own, and so have those that must be placed.
/// </summary>
internal sealed class Instance
{
    private readonly ILookup<string, EffectiveCap> carried;

    private Instance(OptimumProblem problem)
    {
        Problem = problem;
        Order = [.. Enumerable.Range(0, problem.Supplies.Count).OrderBy(s => problem.Supplies[s].Id, StringComparer.Ordinal)];
        Supplies = Array.ConvertAll(Order, s => problem.Supplies[s]);
        Tranches = [.. problem.Demands.Select(demand => demand.Tranches.Where(tranche => tranche.Room > 0).ToArray())];
        Room = Array.ConvertAll(Tranches, tranches => OptimumOverflowException.Unless(() => tranches.Sum(tranche => tranche.Room), "The rooms of one demand"));
        Total = OptimumOverflowException.Unless(() => Supplies.Sum(supply => supply.Units), "All supplies together");

        var classes = Supplies.Where(supply => supply.Units > 0).Select(supply => supply.Class).Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal).Select((name, at) => (name, at)).ToDictionary(pair => pair.name, pair => pair.at, StringComparer.Ordinal);
        var rows = Rows.Of(classes, problem.Links, Room);
        Links = rows.Sum(row => row.Count);
        var shared = new Dictionary<Row, Row>(new Row.ByContent());
        rows = Array.ConvertAll(rows, row => shared.TryGetValue(row, out var same) ? same : shared[row] = row);
        RowOf = Array.ConvertAll(Supplies, supply => classes.TryGetValue(supply.Class, out var at) && rows[at].Count > 0 ? rows[at] : null);

        Lying = LyingOf(problem);
        Caps = [.. EffectiveCap.Of(this).OrderBy(cap => cap.Partner, StringComparer.Ordinal).ThenBy(cap => cap.Project, StringComparer.Ordinal)];
        carried = Caps.Where(cap => cap.IsCarried).ToLookup(cap => cap.Partner, StringComparer.Ordinal);
        var groups = new Dictionary<(Row, string?, int), int>();
        GroupOf = new int[Supplies.Length];
        for (var s = 0; s < Supplies.Length; s++)
        {
            GroupOf[s] = -1;
            if (RowOf[s] is not { } row || Supplies[s].Units == 0) continue;
            var key = (row, Supplies[s].Partner is { } partner && carried.Contains(partner) ? partner : null, PlacedOf(s));
            if (!groups.TryGetValue(key, out var group)) groups[key] = group = groups.Count;
            GroupOf[s] = group;
        }

        Groups = [.. groups.OrderBy(pair => pair.Value).Select(pair => new SupplyGroup(pair.Key.Item1, pair.Key.Item2))];
        for (var s = 0; s < Supplies.Length; s++)
        {
            if (GroupOf[s] < 0) continue;
            Groups[GroupOf[s]].Units += Supplies[s].Units;
            Groups[GroupOf[s]].MustPlace += Supplies[s].MustPlace;
        }
    }

    /// <summary>Those that must be placed whole are alike; one that must be placed in part is like no other.</summary>
    private int PlacedOf(int supply) => Supplies[supply].MustPlace == 0 ? -2 : Supplies[supply].MustPlace == Supplies[supply].Units ? -1 : supply;

    public OptimumProblem Problem { get; }

    /// <summary>Place by id → index in the problem.</summary>
    public int[] Order { get; }

    public Supply[] Supplies { get; }

    public Row?[] RowOf { get; }

    /// <summary>−1: nothing of this supply can be placed.</summary>
    public int[] GroupOf { get; }

    public SupplyGroup[] Groups { get; }

    public DemandTranche[][] Tranches { get; }

    public long[] Room { get; }

    public long Total { get; }

    public int Links { get; }

    public EffectiveCap[] Caps { get; }

    /// <summary>Per supply: where its units lie now, by demand.</summary>
    public SortedDictionary<int, long>[] Lying { get; }

    /// <exception cref="ArgumentException">The problem contradicts itself.</exception>
    public static Instance Of(OptimumProblem problem)
    {
        ProblemCheck.Throw(problem);
        return new Instance(problem);
    }

    public long LyingAt(int supply, int demand) => Lying[supply].GetValueOrDefault(demand);

    /// <summary>The carried caps that a group meets, by project.</summary>
    public IEnumerable<EffectiveCap> CapsOf(SupplyGroup group) =>
        group.Partner is null ? [] : carried[group.Partner].Where(cap => group.Row.FitOf(cap.Demands[0]) is not null);

    private SortedDictionary<int, long>[] LyingOf(OptimumProblem problem)
    {
        var place = new int[Order.Length];
        for (var s = 0; s < Order.Length; s++) place[Order[s]] = s;
        var none = new SortedDictionary<int, long>();
        var lying = Enumerable.Repeat(none, Order.Length).ToArray();
        foreach (var current in problem.Currents)
        {
            var s = place[current.Supply];
            if (ReferenceEquals(lying[s], none)) lying[s] = [];
            lying[s][current.Demand] = lying[s].GetValueOrDefault(current.Demand) + current.Units;
        }

        return lying;
    }
}

/// <summary>Supplies that no rule tells apart; <paramref name="Partner"/> when a cap does.</summary>
internal sealed record SupplyGroup(Row Row, string? Partner)
{
    public long Units { get; set; }

    /// <summary>Of these, not left unplaced.</summary>
    public long MustPlace { get; set; }
}
