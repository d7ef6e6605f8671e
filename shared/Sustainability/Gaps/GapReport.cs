using System.Numerics;
using FundingFlow.Ledger;
using FundingFlow.Money;
using FundingFlow.Projects;

namespace FundingFlow.Sustainability.Gaps;

/// <summary>What gaps are added up by.</summary>
public enum GapKey { Area, City, Country, Project }

/// <summary>Figures, and what of their funding lies in needs that are still below their minimum: it cannot work yet.</summary>
public readonly record struct GapFigures(Figures Figures, BigInteger BelowMinimum)
{
    public static GapFigures operator +(GapFigures left, GapFigures right)
        => new(left.Figures + right.Figures, left.BelowMinimum + right.BelowMinimum);

    public static GapFigures Of(Position position) => Of(position, Figures.Of(position));

    /// <summary>In the reporting currency.</summary>
    public static GapFigures Of(Position position, ExchangeRate rate) => Of(position, Figures.Of(position, rate));

    public static GapFigures Sum(IEnumerable<GapFigures> figures)
        => figures.Aggregate(default(GapFigures), (sum, next) => sum + next);

    private static GapFigures Of(Position position, Figures figures)
        => new(figures, position.MinimumViable > position.Funding ? figures.Funding : BigInteger.Zero);
}

/// <summary>One key (an area's slug, a city's id, …) in one unit.</summary>
public sealed record GapRow(string Key, Unit Unit, GapFigures Figures);

/// <summary>A key's money over all currencies, in the reporting currency.</summary>
public sealed record GapTotal(string Key, GapFigures Figures);

/// <param name="Totals">All money in the reporting currency: the sum of <paramref name="TotalsByKey"/>, to the smallest unit.</param>
/// <param name="WithoutRate">Currencies that are missing from the totals, because nobody has quoted them.</param>
public sealed record GapReport(
    IReadOnlyList<GapRow> Rows, IReadOnlyList<GapTotal> TotalsByKey, GapFigures Totals, IReadOnlyList<string> WithoutRate)
{
    /// <summary>Adds positions up by key and unit; every position is in exactly one row, all money with a rate in exactly one total.</summary>
    /// <param name="rateOf">Of a money position; null where no rate is known.</param>
    public static GapReport Of(IEnumerable<Position> positions, GapKey by, Func<Position, ExchangeRate?> rateOf)
    {
        var all = positions.ToList();
        var rows = all.GroupBy(position => (Key: KeyOf(position, by), position.Unit))
            .Select(group => new GapRow(group.Key.Key, group.Key.Unit, GapFigures.Sum(group.Select(GapFigures.Of))))
            .OrderBy(row => row.Key, StringComparer.Ordinal).ThenBy(row => row.Unit.Kind)
            .ThenBy(row => row.Unit.Code, StringComparer.Ordinal).ThenBy(row => row.Unit.Measure, StringComparer.Ordinal)
            .ToList();
        var money = all.Where(position => position.Unit.IsMoney).Select(position => (Position: position, Rate: rateOf(position))).ToList();
        var totals = money.Where(pair => pair.Rate is not null)
            .GroupBy(pair => KeyOf(pair.Position, by))
            .Select(group => new GapTotal(group.Key, GapFigures.Sum(group.Select(pair => GapFigures.Of(pair.Position, pair.Rate!)))))
            .OrderBy(total => total.Key, StringComparer.Ordinal)
            .ToList();
        var without = money.Where(pair => pair.Rate is null).Select(pair => pair.Position.Unit.Code).Distinct(StringComparer.Ordinal);
        return new GapReport(rows, totals, GapFigures.Sum(totals.Select(total => total.Figures)), [.. without.Order(StringComparer.Ordinal)]);
    }

    private static string KeyOf(Position position, GapKey by) => by switch
    {
        GapKey.Area => position.Area,
        GapKey.City => position.City,
        GapKey.Country => position.Country,
        GapKey.Project => position.ProjectId,
        _ => throw new ArgumentOutOfRangeException(nameof(by)),
    };
}
