namespace FundingFlow.Matching.Optimum;

/// <summary>
/// A cap that can bind. A flow carries it through one node when all of the partner's supplies that reach the project
/// reach the same demands of it with the same fits (<see cref="IsCarried"/>; then <paramref name="Fits"/> are theirs);
/// otherwise it is checked afterwards.
/// </summary>
internal sealed record EffectiveCap(string Partner, string Project, long Units, int[] Demands, int[] Fits, bool IsCarried)
{
    public static IEnumerable<EffectiveCap> Of(Instance instance)
    {
        if (instance.Problem.Caps.Count == 0) yield break;
        var demandsOf = Enumerable.Range(0, instance.Problem.Demands.Count)
            .Where(d => instance.Problem.Demands[d].Project is not null && instance.Room[d] > 0)
            .ToLookup(d => instance.Problem.Demands[d].Project!, StringComparer.Ordinal);
        var suppliesOf = Enumerable.Range(0, instance.Supplies.Length)
            .Where(s => instance.Supplies[s].Partner is not null && instance.RowOf[s] is not null)
            .ToLookup(s => instance.Supplies[s].Partner!, StringComparer.Ordinal);
        var totals = suppliesOf.ToDictionary(supplies => supplies.Key, supplies => supplies.Sum(s => instance.Supplies[s].Units), StringComparer.Ordinal);
        var rowsOf = suppliesOf.ToDictionary(supplies => supplies.Key, supplies => supplies.Select(s => instance.RowOf[s]!).Distinct(ReferenceEqualityComparer.Instance).Cast<Row>().ToArray(), StringComparer.Ordinal);
        foreach (var cap in instance.Problem.Caps)
        {
            if (!totals.TryGetValue(cap.Partner, out var units) || units <= cap.Units) continue;
            var demands = demandsOf[cap.Project].ToArray();
            if (demands.Aggregate((Int128)0, (sum, d) => sum + instance.Room[d]) <= cap.Units) continue;
            var within = rowsOf[cap.Partner].Select(row => Array.ConvertAll(demands, d => row.FitOf(d))).Where(fits => fits.Any(fit => fit is not null)).ToList();
            if (within.Count == 0) continue;
            var reached = demands.Where((_, at) => within.Exists(fits => fits[at] is not null)).ToArray();
            yield return new EffectiveCap(cap.Partner, cap.Project, cap.Units, reached, Array.ConvertAll(reached, d => within[0][Array.IndexOf(demands, d)] ?? 0), within.TrueForAll(fits => fits.AsSpan().SequenceEqual(within[0])));
        }
    }
}
