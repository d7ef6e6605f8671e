using System.Collections.Concurrent;
using System.Numerics;
using FundingFlow.Cities;
using FundingFlow.Ledger;
using FundingFlow.Money;
using FundingFlow.Projects;
using FundingFlow.Sustainability.Gaps;

namespace FundingFlow.Sustainability.Overview;

/// <summary>Puts the overview together from what the rooms can read; it adds nothing of its own but order.</summary>
public sealed class OverviewReader(
    GapsReader gaps, ILedgerReader books, IProjects projects, ICities cities, ISecuredUntil securedUntil, AlertBook alerts, IRates rates,
    ForumCalendar calendar) : IOverview
{
    private const int AtOnce = 8;

    public async Task<OverviewView> ReadAsync(DateOnly today, CancellationToken stop)
    {
        var standing = await StandingAsync(stop);
        var all = await projects.AllAsync(stop).ToDictionaryAsync(project => project.Id, StringComparer.Ordinal, stop);
        var places = await cities.AllAsync(stop).ToDictionaryAsync(city => city.Id, city => $"{city.Name}, {city.Country}", StringComparer.Ordinal, stop);
        var until = await SecuredUntilAsync(all.Values, today, stop);
        var byArea = await gaps.ReportAsync(GapKey.Area, stop);
        var byProject = await gaps.ReportAsync(GapKey.Project, stop);
        var open = await alerts.AllAsync(alert => alert.StateOn(today) is AlertState.Open or AlertState.Acknowledged, stop).Select(stored => stored.Alert).ToListAsync(stop);

        var sheet = new GapSheet(Unit.Of(Currency.Of(rates.Reporting)));
        return new OverviewView(
            today,
            sheet.Total(byArea, standing),
            [.. byArea.WithoutRate.Concat(standing.Where(line => line.Amount.Unit.IsMoney && line.Value is null).Select(line => line.Amount.Unit.Code)).Distinct().Order(StringComparer.Ordinal)],
            [.. until.OrderBy(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => new EndingProject(pair.Key, all[pair.Key].Title, PlaceOf(all[pair.Key]), pair.Value))],
            AlertList.Of(open, calendar.DayOf),
            sheet.Rows(byArea, standing, Areas.All, area => (Areas.NameOf(area), "", null)),
            sheet.Rows(byProject, [], all.Keys, id => all.TryGetValue(id, out var project)
                ? (project.Title, PlaceOf(project), until.TryGetValue(id, out var day) ? day : null)
                : (id, "", null)),
            [.. standing.OrderBy(line => line.Since).ThenBy(line => line.PledgeId, StringComparer.Ordinal).Select(line => line.ToView(calendar.DayOf))],
            open.Count(alert => alert.Kind == AlertKinds.FailedMessage));

        string PlaceOf(Project project) => places.GetValueOrDefault(project.City, project.Country);
    }

    private async Task<IReadOnlyList<StandingUnits>> StandingAsync(CancellationToken stop)
    {
        var standing = new List<StandingUnits>();
        foreach (var area in Areas.All.Append(Areas.Any))
        {
            await foreach (var line in books.StandingAsync(area, stop))
            {
                if (line.Unallocated == 0) continue;
                var rate = !line.Unit.IsMoney ? null
                    : line.Rate is { } kept && kept.Reporting == rates.Reporting ? kept
                    : await rates.FindAsync(line.Unit.Code, stop);
                standing.Add(new StandingUnits(area, line.PledgeId, line.Donor.Name, new Amount(line.Unallocated, line.Unit), rate?.ToReporting(line.Unallocated), line.OpenedAt, line.Standing));
            }
        }

        return standing;
    }

    /// <summary>Only projects that plan to spend, have not ended and are not closed can run out of money.</summary>
    private async Task<IReadOnlyDictionary<string, DateOnly>> SecuredUntilAsync(IEnumerable<Project> all, DateOnly today, CancellationToken stop)
    {
        var until = new ConcurrentDictionary<string, DateOnly>(StringComparer.Ordinal);
        var spending = all.Where(project => project.Budget.Any(period => period.To > today) && !project.TakesNothingOn(today));
        await Parallel.ForEachAsync(spending, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop }, async (project, cancel) =>
        {
            if (await securedUntil.OfAsync(project, cancel) is { } day) until[project.Id] = day;
        });
        return until;
    }
}

/// <summary>What of a line lies at no need.</summary>
/// <param name="Value">In the reporting currency; null for goods, hours, and where no rate is known.</param>
internal sealed record StandingUnits(
    string Area, string PledgeId, string Partner, Amount Amount, BigInteger? Value, DateTimeOffset Since, string? Why)
{
    public WaitingLine ToView(Func<DateTimeOffset, DateOnly> dayOf)
        => new(PledgeId, Partner, Area == Areas.Any ? null : Area, Amount, dayOf(Since), Why);
}
