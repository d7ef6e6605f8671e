namespace FundingFlow.Matching.Optimum;

/// <summary>
/// Mends a plan of a component that is too large to search: for each supply that breaks a rule, the demands where it lies and
/// everyone there are solved anew, all else held. Where that reaches the component's bound, the plan is the optimum all the same.
/// </summary>
internal sealed class Neighbourhood
{
    private readonly Instance instance;
    private readonly OptimumOptions options;
    private readonly SortedDictionary<int, SortedDictionary<int, long>> bySupply = [];
    private readonly Dictionary<int, SortedSet<int>> atDemand = [];

    private Neighbourhood(Component component, SortedDictionary<(int Supply, int Demand), long> relaxed, OptimumOptions options)
    {
        (instance, this.options) = (component.Instance, options);
        foreach (var (pair, units) in relaxed) Put(pair.Supply, pair.Demand, units);
    }

    /// <returns>Rules may still be broken where a neighbourhood was too large or time ran out.</returns>
    public static SortedDictionary<(int Supply, int Demand), long> Mend(
        Component component, SortedDictionary<(int Supply, int Demand), long> relaxed, OptimumOptions options)
    {
        var mending = new Neighbourhood(component, relaxed, options);
        var caps = new CapUse(component.Instance, relaxed);
        var broken = relaxed.Where(part => part.Value < component.Instance.Supplies[part.Key.Supply].SmallestPart || caps.Left(part.Key.Supply, part.Key.Demand) < 0)
            .Select(part => part.Key.Supply).Distinct().ToList();
        foreach (var supply in broken) mending.Solve(supply, options.TimeLimit / broken.Count);
        var mended = new SortedDictionary<(int, int), long>();
        foreach (var (supply, demand, units) in mending.Parts) mended[(supply, demand)] = units;
        return mended;
    }

    private IEnumerable<(int Supply, int Demand, long Units)> Parts =>
        bySupply.SelectMany(supply => supply.Value.Select(part => (supply.Key, part.Key, part.Value)));

    private void Solve(int broken, TimeSpan limit)
    {
        var demands = bySupply[broken].Keys.ToArray();
        var supplies = demands.SelectMany(d => atDemand[d]).Append(broken).Distinct().Order().ToArray();
        if (demands.Length == 0 || (long)supplies.Length * demands.Length > options.LargestSearch) return;
        var plan = OptimumSolver.Solve(Around(supplies, demands), options with { TimeLimit = limit });
        foreach (var demand in demands)
        {
            foreach (var supply in atDemand[demand]) bySupply[supply].Remove(demand);
            atDemand[demand].Clear();
        }

        foreach (var part in plan.Parts) Put(supplies[part.Supply], demands[part.Demand], part.Units);
    }

    private void Put(int supply, int demand, long units)
    {
        if (!bySupply.TryGetValue(supply, out var mine)) bySupply[supply] = mine = [];
        if (!atDemand.TryGetValue(demand, out var here)) atDemand[demand] = here = [];
        mine[demand] = units;
        here.Add(supply);
    }

    /// <summary>The demands' rooms, the supplies' units and the caps, less what stays as it is outside.</summary>
    private OptimumProblem Around(int[] supplies, int[] demands)
    {
        var inside = demands.ToHashSet();
        var given = new List<Supply>();
        var links = new List<Link>();
        var currents = new List<Current>();
        for (var i = 0; i < supplies.Length; i++)
        {
            var supply = instance.Supplies[supplies[i]];
            var units = supply.Units - bySupply[supplies[i]].Where(part => !inside.Contains(part.Key)).Sum(part => part.Value);
            given.Add(supply with { Class = supply.Id, Units = units });
            for (var k = 0; k < demands.Length; k++)
            {
                if (instance.RowOf[supplies[i]]!.FitOf(demands[k]) is { } fit) links.Add(new Link(supply.Id, k, fit));
                var lying = Math.Min(instance.LyingAt(supplies[i], demands[k]), units);
                if (lying > 0) currents.Add(new Current(i, k, lying));
                units -= lying;
            }
        }

        return new OptimumProblem(given, Array.ConvertAll(demands, d => instance.Problem.Demands[d]), links, currents, CapsAround(supplies, inside));
    }

    private List<ShareCap> CapsAround(int[] supplies, HashSet<int> inside)
    {
        if (instance.Caps.Length == 0) return [];
        var members = supplies.ToHashSet();
        var caps = new CapUse(instance, Parts.Where(part => !(members.Contains(part.Supply) && inside.Contains(part.Demand)))
            .Select(part => KeyValuePair.Create((part.Supply, part.Demand), part.Units)));
        return [.. instance.Caps.Select(cap => new ShareCap(cap.Partner, cap.Project, Math.Max(0, caps.Left((cap.Partner, cap.Project)))))];
    }
}
