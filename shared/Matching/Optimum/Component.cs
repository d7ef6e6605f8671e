namespace FundingFlow.Matching.Optimum;

/// <summary>Supplies and demands that links and caps hold together: nothing in it depends on anything outside.</summary>
internal sealed record Component(Instance Instance, int[] Supplies, int[] Demands)
{
    public static List<Component> Of(Instance instance)
    {
        var root = Enumerable.Range(0, instance.Room.Length).ToArray();
        foreach (var demands in instance.Groups.Select(group => group.Row.Demands).Concat(instance.Caps.Select(cap => cap.Demands)))
        {
            for (var i = 1; i < demands.Length; i++) root[Root(demands[i])] = Root(demands[0]);
        }

        var supplies = Enumerable.Range(0, instance.Supplies.Length).Where(s => instance.GroupOf[s] >= 0)
            .ToLookup(s => Root(instance.RowOf[s]!.Demands[0]));
        var reached = Enumerable.Range(0, root.Length).ToLookup(Root);
        return [.. supplies.Select(of => new Component(instance, [.. of], [.. reached[of.Key]]))];

        int Root(int demand)
        {
            while (root[demand] != demand) demand = root[demand] = root[root[demand]];
            return demand;
        }
    }

    /// <summary>The part of a placement that lies in this component.</summary>
    public SortedDictionary<(int Supply, int Demand), long> Of(SortedDictionary<(int Supply, int Demand), long> parts)
    {
        var here = Supplies.ToHashSet();
        var mine = new SortedDictionary<(int, int), long>();
        foreach (var (pair, units) in parts)
        {
            if (here.Contains(pair.Supply)) mine[pair] = units;
        }

        return mine;
    }

    public Score ScoreOf(SortedDictionary<(int Supply, int Demand), long> parts)
    {
        Int128 met = 0, fit = 0, moved = 0;
        var filled = Demands.ToDictionary(d => d, _ => 0L);
        foreach (var (pair, units) in parts)
        {
            filled[pair.Demand] += units;
            fit += (Int128)units * Instance.RowOf[pair.Supply]!.FitOf(pair.Demand)!.Value;
        }

        foreach (var (demand, units) in filled) met += Objective.WeightedMet(Instance.Problem.Demands[demand], units);
        foreach (var supply in Supplies)
        {
            foreach (var (demand, lying) in Instance.Lying[supply]) moved += Math.Max(0, lying - parts.GetValueOrDefault((supply, demand)));
        }

        return new Score(met, fit, moved);
    }
}
