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
            .Select(need => View(was.GetValueOrDefault(KeyOf(need))?.Filled ?? 0, need))];
    }

    /// <summary>Of those areas, or projects, that have a need which would be filled or stated otherwise.</summary>
    public static IReadOnlyList<GapChangeView> OfGaps(
        IReadOnlyList<Position> before, IReadOnlyList<Position> after, Func<Position, string> keyOf, Func<Position, string> nameOf)
    {
        var was = before.ToDictionary(KeyOf);
        var touched = after.Where(need => was.GetValueOrDefault(KeyOf(need)) is not { } known || Figures.Of(known) != Figures.Of(need))
            .Select(need => (Key: keyOf(need), need.Unit)).ToHashSet();
        return [.. after.GroupBy(need => (Key: keyOf(need), need.Unit)).Where(group => touched.Contains(group.Key))
            .OrderBy(group => group.Key.Key, StringComparer.Ordinal).ThenBy(group => group.Key.Unit.Kind).ThenBy(group => group.Key.Unit.Code, StringComparer.Ordinal)
            .Select(group => View(group.Key.Key, nameOf(group.First()), group.Key.Unit,
                Figures.Sum(before.Where(need => need.Unit == group.Key.Unit && keyOf(need) == group.Key.Key).Select(Figures.Of)), Figures.Sum(group.Select(Figures.Of))))];
    }

    private static NeedChangeView View(long filledBefore, Position need)
    {
        var (currency, item, skill, unit) = Names(need.Unit);
        string Text(long minor) => Decimals.Write(minor, need.Unit.Exponent);
        return new NeedChangeView(need.Area, need.ProjectId, need.Title, need.NeedId, need.Unit.Kind, currency, item, skill, unit,
            Text(need.Required), need.MinimumViable is { } least ? Text(least) : null, Text(filledBefore), Text(need.Filled),
            filledBefore < need.Required && need.Filled >= need.Required, filledBefore < need.MinimumViable && need.Filled >= need.MinimumViable);
    }

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
