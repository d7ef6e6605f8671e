using FundingFlow.Ledger;
using FundingFlow.Money;
using FundingFlow.Projects;

namespace FundingFlow.Simulations;

/// <summary>Compares the needs before and after. Pure.</summary>
internal static class Changes
{
    public static IReadOnlyList<NeedChangeView> OfNeeds(IReadOnlyList<Position> before, IReadOnlyList<Position> after)
    {
        var was = before.ToDictionary(KeyOf);
        return [.. after.Where(need => was.GetValueOrDefault(KeyOf(need)) is var known && (known?.Filled ?? 0) != need.Filled)
            .OrderBy(need => need.Area, StringComparer.Ordinal).ThenBy(need => need.ProjectId, StringComparer.Ordinal).ThenBy(need => need.NeedId, StringComparer.Ordinal)
            .Select(need => View(was.GetValueOrDefault(KeyOf(need)), need))];
    }

    /// <summary>Of those areas, or projects, that have a need which would be filled or stated otherwise; also in the unit that it would no longer be counted in.</summary>
    public static IReadOnlyList<GapChangeView> OfGaps(
        IReadOnlyList<Position> before, IReadOnlyList<Position> after, Func<Position, string> keyOf, Func<Position, string> nameOf)
    {
        var was = before.ToDictionary(KeyOf);
        var changed = after.Select(need => (Known: was.GetValueOrDefault(KeyOf(need)), Need: need))
            .Where(pair => pair.Known is not { } known || known.Unit != pair.Need.Unit || Figures.Of(known) != Figures.Of(pair.Need));
        var touched = changed.SelectMany(pair => new[] { pair.Known, pair.Need }).OfType<Position>().Select(GroupOf).ToHashSet();
        var (then, now) = (before.ToLookup(GroupOf), after.ToLookup(GroupOf));
        var names = after.OrderBy(need => need.Gone).DistinctBy(keyOf).ToDictionary(keyOf, nameOf, StringComparer.Ordinal);
        return [.. touched.OrderBy(group => group.Key, StringComparer.Ordinal).ThenBy(group => group.Unit.Kind).ThenBy(group => group.Unit.Code, StringComparer.Ordinal)
            .Select(group => View(group.Key, names[group.Key], group.Unit,
                Figures.Sum(then[group].Select(Figures.Of)), Figures.Sum(now[group].Select(Figures.Of))))];

        (string Key, Unit Unit) GroupOf(Position need) => (keyOf(need), need.Unit);
    }

    private static NeedChangeView View(Position? known, Position need)
    {
        var (currency, item, skill, unit) = Names(need.Unit);
        string Text(long minor) => Decimals.Write(minor, need.Unit.Exponent);
        return new NeedChangeView(need.Area, need.ProjectId, need.Title, need.NeedId, need.Unit.Kind, currency, item, skill, unit,
            Text(need.Required), need.MinimumViable is { } least ? Text(least) : null, Text(known?.Filled ?? 0), Text(need.Filled),
            IsFull(need) && !IsFull(known), need.Filled >= need.MinimumViable && (known?.Filled ?? 0) < (known?.MinimumViable ?? need.MinimumViable));
    }

    private static bool IsFull(Position? need) => need is { Required: > 0 } && need.Filled >= need.Required;

    private static GapChangeView View(string key, string name, Unit counted, Figures before, Figures after)
    {
        var (currency, item, skill, unit) = Names(counted);
        return new GapChangeView(key, name, counted.Kind, currency, item, skill, unit, Side(before, counted.Exponent), Side(after, counted.Exponent));
    }

    private static GapSideView Side(Figures figures, int exponent)
    {
        string Text(System.Numerics.BigInteger minor) => Figures.Text(minor, exponent);
        var filled = figures with { Committed = figures.Committed + figures.Pledged };
        return new GapSideView(Text(figures.Requirement), Text(figures.Pledged), Text(figures.Committed), Text(figures.Received),
            Text(figures.Gap), Text(filled.Gap), figures.Coverage, filled.Coverage);
    }

    internal static (string? Currency, string? Item, string? Skill, string? Unit) Names(Unit unit) => unit.Kind switch
    {
        ResourceKind.Money => (unit.Code, null, null, null),
        ResourceKind.InKind => (null, unit.Code, null, unit.Measure),
        _ => (null, null, unit.Code, unit.Measure),
    };

    private static (string Area, PartRef Need) KeyOf(Position need) => (need.Area, need.Ref);
}
