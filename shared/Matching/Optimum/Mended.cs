namespace FundingFlow.Matching.Optimum;

/// <summary>A plan that keeps every rule, near one that breaks some: too much under a cap goes, then parts that are too small.</summary>
internal static class Mended
{
    public static SortedDictionary<(int Supply, int Demand), long> Of(Component component, SortedDictionary<(int Supply, int Demand), long> parts)
    {
        var instance = component.Instance;
        var caps = new CapUse(instance, parts);
        var mended = new SortedDictionary<(int, int), long>();
        foreach (var (pair, units) in parts.Reverse())
        {
            var excess = Math.Min(units, Math.Max(0, -caps.Left(pair.Supply, pair.Demand)));
            var kept = units - excess >= instance.Supplies[pair.Supply].SmallestPart ? units - excess : 0;
            caps.Add(pair.Supply, pair.Demand, kept - units);
            if (kept > 0) mended[pair] = kept;
        }

        return Filled(component, mended, caps);
    }

    /// <summary>What is free again goes where it may, the heaviest demands first.</summary>
    private static SortedDictionary<(int Supply, int Demand), long> Filled(Component component, SortedDictionary<(int Supply, int Demand), long> parts, CapUse caps)
    {
        var instance = component.Instance;
        var free = component.Supplies.ToDictionary(s => s, s => instance.Supplies[s].Units);
        var room = component.Demands.ToDictionary(d => d, d => instance.Room[d]);
        foreach (var (pair, units) in parts)
        {
            free[pair.Supply] -= units;
            room[pair.Demand] -= units;
        }

        foreach (var supply in component.Supplies.Where(s => free[s] > 0))
        {
            foreach (var demand in instance.RowOf[supply]!.Demands.Where(d => room[d] > 0).OrderByDescending(d => Heaviest(instance, d, room[d])).ThenBy(d => d))
            {
                var units = Math.Min(Math.Min(free[supply], room[demand]), Math.Max(0, caps.Left(supply, demand)));
                if (units == 0 || parts.GetValueOrDefault((supply, demand)) + units < instance.Supplies[supply].SmallestPart) continue;
                parts[(supply, demand)] = parts.GetValueOrDefault((supply, demand)) + units;
                caps.Add(supply, demand, units);
                free[supply] -= units;
                room[demand] -= units;
                if (free[supply] == 0) break;
            }
        }

        return parts;
    }

    private static int Heaviest(Instance instance, int demand, long room)
    {
        var filled = instance.Room[demand] - room;
        foreach (var tranche in instance.Tranches[demand])
        {
            if (filled < tranche.Room) return tranche.Weight;
            filled -= tranche.Room;
        }

        return 0;
    }
}
