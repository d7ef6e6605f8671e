namespace FundingFlow.Matching.Optimum;

/// <summary>
/// Level 4 among the parts themselves: breaks every cycle of supplies and demands that can be broken without loss of fit, without
/// taking more units from where they lie, and within caps and smallest parts. Demands keep their totals. A cycle through units
/// that lie where they are, whose breaking would move some, is left: moving least comes first.
/// </summary>
internal sealed class PartCycles
{
    private readonly Instance instance;
    private readonly (int Supply, int Demand)[] edges;
    private readonly long[] units;
    private readonly SpanningForest forest;
    private readonly CapUse caps;

    private PartCycles(Instance instance, SortedDictionary<(int Supply, int Demand), long> parts)
    {
        this.instance = instance;
        edges = [.. parts.Keys];
        units = [.. parts.Values];
        forest = new SpanningForest(instance.Supplies.Length + instance.Room.Length);
        caps = new CapUse(instance, parts);
    }

    public static SortedDictionary<(int Supply, int Demand), long> Break(Instance instance, SortedDictionary<(int Supply, int Demand), long> parts)
    {
        var changed = true;
        while (changed)
        {
            var cycles = new PartCycles(instance, parts);
            changed = cycles.Run();
            if (!changed) break;
            parts = [];
            for (var edge = 0; edge < cycles.edges.Length; edge++)
            {
                if (cycles.units[edge] > 0) parts[cycles.edges[edge]] = cycles.units[edge];
            }
        }

        return parts;
    }

    private bool Run()
    {
        var broken = false;
        for (var edge = 0; edge < edges.Length; edge++)
        {
            var (supply, demand) = (edges[edge].Supply, instance.Supplies.Length + edges[edge].Demand);
            if (forest.Way(demand, supply) is { } way)
            {
                if (!Broke(edge, way)) continue;
                broken = true;
                foreach (var (step, _) in way.Where(step => units[step.Edge] == 0))
                    forest.Cut(step, edges[step].Supply, instance.Supplies.Length + edges[step].Demand);
            }

            if (units[edge] > 0) forest.Join(edge, supply, demand);
        }

        return broken;
    }

    /// <summary>Pushes units around one way or the other, until a part is gone, if nothing is lost by it.</summary>
    private bool Broke(int edge, List<(int Edge, int To)> way)
    {
        foreach (var sign in (int[])[-1, 1])
        {
            var steps = way.ConvertAll(step => (step.Edge, Sign: step.To >= instance.Supplies.Length ? sign : -sign));
            steps.Add((edge, sign));
            var least = steps.Where(step => step.Sign < 0).Min(step => units[step.Edge]);
            if (!Loses(steps, least))
            {
                foreach (var (at, direction) in steps)
                {
                    units[at] += direction * least;
                    caps.Add(edges[at].Supply, edges[at].Demand, direction * least);
                }

                return true;
            }
        }

        return false;
    }

    private bool Loses(List<(int Edge, int Sign)> steps, long least)
    {
        Int128 fit = 0, moved = 0;
        var capped = new Dictionary<(string, string), long>();
        foreach (var (edge, sign) in steps)
        {
            var (supply, demand) = edges[edge];
            var after = units[edge] + sign * least;
            var lying = instance.LyingAt(supply, demand);
            if (after > 0 && after < instance.Supplies[supply].SmallestPart) return true;
            fit += sign * (Int128)least * (instance.RowOf[supply]!.FitOf(demand) ?? 0);
            moved += Math.Max(0, lying - after) - Math.Max(0, lying - units[edge]);
            if (caps.KeyOf(supply, demand) is { } key) capped[key] = capped.GetValueOrDefault(key) + sign * least;
        }

        return fit < 0 || moved > 0 || capped.Any(cap => cap.Value > 0 && cap.Value > caps.Left(cap.Key));
    }
}
