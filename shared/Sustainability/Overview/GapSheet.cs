using FundingFlow.Money;
using FundingFlow.Sustainability.Gaps;
using Figures = FundingFlow.Projects.Figures;

namespace FundingFlow.Sustainability.Overview;

/// <summary>
/// Turns reports of gaps into rows, the largest gap first. What stands unplaced in an area counts as its outstanding
/// pledges, beside what is proposed there.
/// </summary>
internal sealed class GapSheet(Unit reporting)
{
    public Funding Total(GapReport report, IReadOnlyList<StandingUnits> standing)
    {
        var total = FundingOf(reporting, report.Totals.Figures);
        return standing.Aggregate(total, (sum, line) => sum with { Outstanding = sum.Outstanding + (line.Value ?? 0) });
    }

    /// <param name="keys">Those that are shown also when nothing is asked for.</param>
    public IReadOnlyList<GapOf> Rows(
        GapReport report, IReadOnlyList<StandingUnits> standing, IEnumerable<string> keys,
        Func<string, (string Name, string Place, DateOnly? SecuredUntil)> describe)
    {
        var units = report.Rows.ToLookup(row => row.Key, StringComparer.Ordinal);
        var totals = report.TotalsByKey.ToDictionary(total => total.Key, StringComparer.Ordinal);
        var lines = standing.ToLookup(line => line.Area, StringComparer.Ordinal);
        return [.. keys.Union(units.Select(group => group.Key), StringComparer.Ordinal).Select(RowOf)
            .OrderByDescending(row => row.Money is not null).ThenByDescending(row => row.Money?.Gap)
            .ThenBy(row => row.Name, StringComparer.InvariantCultureIgnoreCase).ThenBy(row => row.Id, StringComparer.Ordinal)];

        GapOf RowOf(string key)
        {
            var (name, place, until) = describe(key);
            var money = totals.TryGetValue(key, out var total) ? FundingOf(reporting, total.Figures.Figures) : null;
            var perUnit = units[key].Select(row => FundingOf(row.Unit, row.Figures.Figures)).ToList();
            foreach (var line in lines[key])
            {
                if (money is not null) money = money with { Outstanding = money.Outstanding + (line.Value ?? 0) };
                var at = perUnit.FindIndex(unit => unit.Unit == line.Amount.Unit);
                if (at >= 0) perUnit[at] = perUnit[at] with { Outstanding = perUnit[at].Outstanding + line.Amount.Minor };
            }

            return new GapOf(key, name, place, money, perUnit, until);
        }
    }

    private static Funding FundingOf(Unit unit, Figures figures)
        => new(unit, figures.Requirement, figures.Pledged, figures.Committed, figures.Received) { Conditional = figures.Conditional };
}
