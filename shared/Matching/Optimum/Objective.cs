namespace FundingFlow.Matching.Optimum;

/// <summary>Scores any placement, optimal or not, in 128 bits: no amount that fits in the problem overflows.</summary>
public static class Objective
{
    /// <param name="parts">May lie above a demand's room or where nothing is allowed: such units meet no tranche, or fit 0.</param>
    public static Score Of(OptimumProblem problem, IEnumerable<Current> parts)
    {
        var placed = new Dictionary<(int Supply, int Demand), long>();
        var filled = new Int128[problem.Demands.Count];
        foreach (var part in parts)
        {
            placed[(part.Supply, part.Demand)] = placed.GetValueOrDefault((part.Supply, part.Demand)) + part.Units;
            filled[part.Demand] += part.Units;
        }

        var fits = FitsOf(problem, placed.Keys);
        Int128 met = 0, fit = 0, moved = 0;
        for (var d = 0; d < filled.Length; d++) met += WeightedMet(problem.Demands[d], filled[d]);
        foreach (var (pair, units) in placed) fit += (Int128)units * fits[problem.Supplies[pair.Supply].Class][pair.Demand];
        foreach (var lying in problem.Currents.GroupBy(current => (current.Supply, current.Demand)))
            moved += Int128.Max(0, lying.Aggregate((Int128)0, (sum, current) => sum + current.Units) - placed.GetValueOrDefault(lying.Key));
        return new Score(met, fit, moved);
    }

    internal static Int128 WeightedMet(Demand demand, Int128 filled)
    {
        Int128 met = 0;
        foreach (var tranche in demand.Tranches)
        {
            var here = Int128.Min(filled, tranche.Room);
            met += here * tranche.Weight;
            filled -= here;
        }

        return met;
    }

    /// <summary>By class and demand, of the pairs alone; 0 where nothing is allowed.</summary>
    private static Dictionary<string, Dictionary<int, int>> FitsOf(OptimumProblem problem, IEnumerable<(int Supply, int Demand)> pairs)
    {
        var fits = new Dictionary<string, Dictionary<int, int>>(StringComparer.Ordinal);
        foreach (var (supply, demand) in pairs)
        {
            var name = problem.Supplies[supply].Class;
            (fits.TryGetValue(name, out var demands) ? demands : fits[name] = [])[demand] = 0;
        }

        string? last = null;
        Dictionary<int, int>? ofLast = null;
        foreach (var link in problem.Links.Span())
        {
            // Links of a class mostly stand together: one look at its name is enough for all of them.
            if (!ReferenceEquals(link.Class, last)) (last, ofLast) = (link.Class, fits.GetValueOrDefault(link.Class));
            if (ofLast is not null && ofLast.TryGetValue(link.Demand, out var known) && link.Fit > known) ofLast[link.Demand] = link.Fit;
        }

        return fits;
    }
}
