using FundingFlow.Access;
using FundingFlow.Ledger;
using FundingFlow.Money;
using FundingFlow.Pledges;
using FundingFlow.Projects;
using FundingFlow.Storage;
using FundingFlow.Sustainability;
using FundingFlow.Sustainability.Gaps;
using FundingFlow.Sustainability.Overview;
using FundingFlow.Tests.Simulation;
using Microsoft.Extensions.Options;

namespace FundingFlow.Tests.Unit.Dashboard;

public sealed class OverviewTests
{
    private static readonly DateOnly Today = new(2026, 11, 24);
    private readonly TestForum forum = new();
    private readonly Dates until = new();

    [Fact]
    public async Task Figures_add_up_from_the_books_and_what_is_only_pledged_is_no_funding()
    {
        forum.Partner("rome");
        await forum.ProjectAsync("parliament", TestForum.Money("session", 100_000), TestForum.Money("talks", 40_000, Areas.CityDiplomacy));
        var pledge = await forum.PlaceAsync(TestForum.Pledge("rome", 60_000, "EUR", Areas.Youth), "one");
        await forum.PlaceAsync(TestForum.Pledge("rome", 70_000, "EUR", Areas.Youth), "two");
        await forum.Commands.ConfirmAsync(pledge.Pledge.Id, null, "confirm", Caller.System, TestForum.Stop);

        var view = await ReadAsync();
        Assert.Equal((140_000, 60_000, 80_000), ((long)view.Total.Required, (long)view.Total.Funded, (long)view.Total.Gap));
        Assert.Equal(70_000, view.Total.Outstanding); // 40,000 proposed, 30,000 that no need could take
        Assert.Equal(428, view.Total.Permille);
        Assert.Equal(Areas.All.Order(), view.Areas.Select(area => area.Id).Order());
        Assert.Equal(40_000, view.Areas[0].Money!.Gap);
        Assert.Equal(["parliament"], view.Projects.Select(project => project.Id));
        var waiting = Assert.Single(view.Waiting);
        Assert.Equal((30_000, Areas.Youth, Standing.NoNeed, Today), (waiting.Amount.Minor, waiting.Area, waiting.Why, waiting.Since));
    }

    [Fact]
    public async Task What_has_no_rate_is_named_and_is_in_no_total()
    {
        forum.Partner("kivu");
        await forum.ProjectAsync("farms", TestForum.Money("terraces", 100_000, Areas.SocioEconomic));
        await forum.PlaceAsync(TestForum.Pledge("kivu", 5_000_000, "RWF", Areas.SocioEconomic), "francs");

        var view = await ReadAsync();
        Assert.Equal(["RWF"], view.WithoutRate);
        Assert.Equal(0, view.Total.Outstanding);
        Assert.Equal(Standing.NoRate, Assert.Single(view.Waiting).Why);
    }

    [Fact]
    public async Task What_waits_counts_in_the_currency_in_which_totals_are_given_now()
    {
        forum.Partner("kivu");
        await forum.PlaceAsync(TestForum.Pledge("kivu", 100_00, "EUR", Areas.SocioEconomic), "euros");
        var dollars = new TestRates("USD");
        dollars.Quote("EUR", 0.5m);

        Assert.Equal(100_00, (await ReadAsync()).Total.Outstanding);
        Assert.Equal(200_00, (await ReadAsync(dollars)).Total.Outstanding);
    }

    [Fact]
    public async Task The_project_whose_money_ends_first_comes_first_and_ended_and_closed_ones_are_left_out()
    {
        await AddAsync("later", Today.AddDays(80), endsOn: null);
        await AddAsync("soon", Today.AddDays(9), endsOn: Today.AddDays(100));
        await AddAsync("over", Today.AddDays(-9), endsOn: Today.AddDays(-1));
        await AddAsync("lasting", null, endsOn: null);
        await AddAsync("closed", Today.AddDays(9), endsOn: null);
        forum.Catalogue.Projects["closed"] = forum.Catalogue.Projects["closed"] with { Status = ProjectStatus.Closed };

        var view = await ReadAsync();
        Assert.Equal(["soon", "later"], view.Ending.Select(project => project.Id));
        Assert.Equal(9, view.Ending[0].DaysLeft(Today));
        Assert.Equal(Today.AddDays(80), view.Projects.Single(project => project.Id == "later").SecuredUntil);
    }

    [Fact]
    public async Task Open_alerts_come_with_the_most_severe_first_and_closed_ones_not_at_all()
    {
        var book = new AlertBook(forum.Tables);
        await book.WriteAsync(Alert("funding-gap", "farms", Severity.Watch), null, TestForum.Stop);
        await book.WriteAsync(Alert("short-runway", "farms", Severity.Critical) with { Acknowledged = true }, null, TestForum.Stop);
        await book.WriteAsync(Alert("funding-gap", "closed", Severity.Critical) with { ClosedAt = TestForum.Start }, null, TestForum.Stop);
        await book.WriteAsync(Alert(AlertKinds.FailedMessage, "message", Severity.Critical), null, TestForum.Stop);

        var view = await ReadAsync();
        Assert.Equal(["failed message", "short runway", "funding gap"], view.Alerts.Select(alert => alert.Kind));
        Assert.True(view.Alerts[1].Acknowledged);
        Assert.Equal("Farms", view.Alerts[2].Subject);
        Assert.Equal([new AlertFigure("coverage", "30 %"), new AlertFigure("missing to end of plan", "EUR 5.00")], view.Alerts[2].Figures);
        Assert.Equal(1, view.Failed);
    }

    private static Alert Alert(string kind, string subject, Severity severity) => new(
        kind, subject, 1, severity,
        new Dictionary<string, string> { ["project"] = "Farms", ["coveragePercent"] = "30", ["missingToEndOfPlan"] = "EUR 5.00" },
        "Look for partners.", TestForum.Start);

    private async Task AddAsync(string id, DateOnly? securedUntil, DateOnly? endsOn)
    {
        var project = await forum.ProjectAsync(id, TestForum.Money("money", 100_000));
        forum.Catalogue.Projects[id] = project with { EndsOn = endsOn, Budget = [new BudgetPeriod(Today.AddDays(-30), Today.AddDays(300), 100_000, null)] };
        if (securedUntil is { } day) until[id] = day;
    }

    private Task<OverviewView> ReadAsync(IRates? rates = null)
    {
        rates ??= forum.Rates;
        var options = Options.Create(new FundingFlowOptions());
        var calendar = new ForumCalendar(forum.Clock, options);
        var gaps = new GapsReader(forum.Reader, rates, forum.Catalogue, forum.Catalogue, calendar);
        return new OverviewReader(gaps, forum.Reader, forum.Catalogue, forum.Catalogue, until, new AlertBook(forum.Tables), rates, calendar)
            .ReadAsync(Today, TestForum.Stop);
    }

    private sealed class Dates : Dictionary<string, DateOnly>, ISecuredUntil
    {
        public Task<DateOnly?> OfAsync(Project project, CancellationToken stop)
            => Task.FromResult<DateOnly?>(TryGetValue(project.Id, out var day) ? day : null);
    }
}
