using System.Globalization;
using FundingFlow.Cities;
using FundingFlow.Ledger;
using FundingFlow.Money;
using FundingFlow.Projects;
using FundingFlow.Validation;

namespace FundingFlow.Sustainability.Gaps;

/// <summary>GET of the gaps: all positions of all areas, added up, with names.</summary>
public sealed class GapsReader(
    ILedgerReader books, IRates rates, ICities cities, IProjects projects, ForumCalendar calendar)
{
    /// <param name="by">area, city, country or project; null: area.</param>
    /// <param name="asOf">A date; today in the Forum's time zone, or null.</param>
    public async Task<Outcome<GapsView>> ReadAsync(string? by, string? asOf, CancellationToken stop)
    {
        var errors = new InputErrors();
        var today = calendar.Today;
        var key = KeyOf(by, errors);
        CheckDate(asOf, today, errors);
        if (errors.Any) return errors.ToRefusal();
        var report = await ReportAsync(key, stop);
        var names = await NamesAsync(key, stop);
        return GapsView.From(key, today, report, rates.Reporting, found => names.GetValueOrDefault(found, found));
    }

    public async Task<GapReport> ReportAsync(GapKey by, CancellationToken stop)
    {
        var positions = new List<Position>();
        foreach (var area in Areas.All) positions.AddRange(await books.PositionsAsync(area, stop));
        var current = new Dictionary<string, ExchangeRate?>(StringComparer.Ordinal);
        foreach (var position in positions.Where(position => position.Unit.IsMoney && position.Rate?.Reporting != rates.Reporting))
            if (!current.ContainsKey(position.Unit.Code)) current[position.Unit.Code] = await rates.OfAsync(position, stop);
        return GapReport.Of(positions, by, position => position.Rate?.Reporting == rates.Reporting ? position.Rate : current[position.Unit.Code]);
    }

    private static GapKey KeyOf(string? by, InputErrors errors)
    {
        foreach (var key in Enum.GetValues<GapKey>())
            if (by is null || System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(key.ToString()) == by) return key;
        errors.Add("/by", "must be one of area, city, country, project");
        return default;
    }

    private static void CheckDate(string? asOf, DateOnly today, InputErrors errors)
    {
        if (asOf is null) return;
        if (!DateOnly.TryParseExact(asOf, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            errors.Add("/asOf", "must be an existing date written as 2026-11-24");
        else if (day > today)
            errors.Add("/asOf", "must not be in the future");
        else if (day < today)
            errors.Add("/asOf", $"cannot be answered: snapshots start when the deployment did; only today ({today:yyyy-MM-dd}) can be asked for yet");
    }

    private async Task<Dictionary<string, string>> NamesAsync(GapKey by, CancellationToken stop) => by switch
    {
        GapKey.Area => Areas.All.ToDictionary(area => area, Areas.NameOf),
        GapKey.Country => Countries.All.ToDictionary(country => country.Alpha2, country => country.Name),
        GapKey.City => await cities.AllAsync(stop).ToDictionaryAsync(city => city.Id, city => city.Name, cancellationToken: stop),
        _ => await projects.AllAsync(stop).ToDictionaryAsync(project => project.Id, project => project.Title, cancellationToken: stop),
    };
}
