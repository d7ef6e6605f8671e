namespace FundingFlow.Matching.Optimum;

/// <summary>What flows cannot say, by search: a component's optimum with smallest parts and all caps.</summary>
internal static class PartsSearch
{
    /// <param name="relaxed">The component's optimum without those rules.</param>
    /// <returns>The best plan found, and how far it may be from the best; null: it is the best.</returns>
    public static (SortedDictionary<(int Supply, int Demand), long> Parts, OptimumGap? Gap) Of(
        Component component, SortedDictionary<(int Supply, int Demand), long> relaxed, OptimumOptions options, SolverClock clock)
    {
        var bound = component.ScoreOf(relaxed);
        using var running = clock.Run();
        if (component.Supplies.Sum(s => (long)component.Instance.RowOf[s]!.Count) > options.LargestSearch)
        {
            var mended = Mended.Of(component, Neighbourhood.Mend(component, relaxed, options));
            return (mended, GapOf(component.ScoreOf(mended), bound));
        }

        var start = Mended.Of(component, relaxed);
        var model = new PartsModel(component, start);
        Int128 lying = component.Supplies.Sum(s => component.Instance.Lying[s].Values.Sum());
        var gap = new LevelSearch(model, options.TimeLimit).Run([bound.WeightedMet, bound.FitScore, lying - bound.Moved]);
        var values = model.Best.ToDictionary(variable => variable.Variable.GetIndex(), variable => variable.Value);
        var found = new SortedDictionary<(int, int), long>();
        foreach (var (pair, variable) in model.Parts)
        {
            if (values[variable.GetIndex()] > 0) found[pair] = values[variable.GetIndex()];
        }

        return (found, gap);
    }

    private static OptimumGap? GapOf(Score found, Score bound)
    {
        if (found.WeightedMet != bound.WeightedMet) return new OptimumGap(1, bound.WeightedMet - found.WeightedMet);
        if (found.FitScore != bound.FitScore) return new OptimumGap(2, bound.FitScore - found.FitScore);
        return found.Moved == bound.Moved ? null : new OptimumGap(3, found.Moved - bound.Moved);
    }
}
