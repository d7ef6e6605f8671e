using FundingFlow.Access;
using FundingFlow.Cities;
using FundingFlow.Ledger;
using FundingFlow.Ledger.Audit;
using FundingFlow.Partners;
using FundingFlow.Pledges;
using FundingFlow.Projects;
using FundingFlow.Storage;
using FundingFlow.Tests.Simulation;

namespace FundingFlow.Tests.Unit.Ledger;

/// <summary>The constraints through the books: what is placed, what stands, what the auditor finds.</summary>
public class ConstraintBooksTests
{
    private readonly TestForum forum = new(settings: ("FundingFlow:Matching:Areas:youth:SharePercent", "50"));

    [Fact]
    public async Task Two_pledges_of_one_partner_at_once_on_different_needs_do_not_break_the_cap()
    {
        foreach (var city in new[] { "kigali", "lima" }) forum.Catalogue.Cities[city] = new City(city, city, [], "RW", null, null, null, [], Situation.Peace);
        await PutAsync(TestForum.Money("a", 1_000), TestForum.Money("b", 1_000) with { City = "lima" });
        var first = await forum.SubmitAsync(TestForum.Pledge("rome", 1_000, "EUR", Areas.Youth) with { Earmark = new Earmark([], ["kigali"], []) }, "k1");
        var second = await forum.SubmitAsync(TestForum.Pledge("rome", 1_000, "EUR", Areas.Youth) with { Earmark = new Earmark([], ["lima"], []) }, "k2");
        var messages = new[] { forum.Queues.TryReceive(QueueNames.PledgesSubmitted)!.Body, forum.Queues.TryReceive(QueueNames.PledgesSubmitted)!.Body };
        var overtaken = false;
        forum.Tables.BeforeCommit = async (table, changes) =>
        {
            // The other worker places between the first one's reads and its commit.
            if (overtaken || table != TableNames.Ledger || !changes.Any(change => change.Row.Key.StartsWith("part|", StringComparison.Ordinal))) return;
            overtaken = true;
            forum.Switch();
            await forum.Get<PledgeIngestion>().IngestAsync(messages[1], TestForum.Stop);
            forum.Switch();
        };
        await forum.Get<PledgeIngestion>().IngestAsync(messages[0], TestForum.Stop);
        await forum.SettleAsync();
        Assert.True(overtaken);
        Assert.Equal(1_000, (await forum.BalanceAsync(first)).Proposed + (await forum.BalanceAsync(second)).Proposed);
        Assert.Equal("share-cap", (await forum.BalanceAsync(first)).Lines.Single().Standing);
        await AssertProvedAsync();
    }

    [Fact]
    public async Task A_placement_under_a_cap_writes_the_guard_and_names_the_cap()
    {
        await PutAsync(TestForum.Money("a", 1_000), TestForum.Money("b", 1_000));
        var id = (await forum.PlaceAsync(TestForum.Pledge("rome", 600, "EUR", Areas.Youth), "k1")).Pledge.Id;
        Assert.Equal(1, Wire.Read<PartnerGuard>((await forum.Tables.FindAsync(TableNames.Ledger, Areas.Youth, "guard|rome", TestForum.Stop))!).Placements);
        Assert.Equal(50, Assert.Single(await forum.Reader.HistoryAsync(Areas.Youth, id, TestForum.Stop)).SharePercent);
    }

    [Fact]
    public async Task A_partner_at_its_cap_goes_elsewhere_and_others_go_on()
    {
        await PutAsync(TestForum.Money("a", 1_000));
        forum.Partner("bern");
        await forum.ProjectAsync("ball", TestForum.Money("main", 300, Areas.Sport));
        var unearmarked = await forum.PlaceAsync(TestForum.Pledge("rome", 1_000), "k1");
        Assert.Equal([(Areas.Sport, 300L), (Areas.Youth, 500L)], unearmarked.Allocations.Select(part => (part.Area, part.Proposed.Minor)).Order());
        Assert.Equal(200, unearmarked.Unallocated);
        Assert.Equal(500, (await forum.PlaceAsync(TestForum.Pledge("bern", 900, "EUR", Areas.Youth), "k2")).Proposed);
        await AssertProvedAsync();
    }

    [Fact]
    public async Task A_tight_earmark_overrides_the_cap_and_what_lies_above_a_lowered_one_stays()
    {
        await PutAsync(TestForum.Money("a", 1_000));
        Assert.Equal(800, (await forum.PlaceAsync(TestForum.Pledge("rome", 800) with { Earmark = new Earmark(["farm"], [], []) }, "k1")).Proposed);
        Assert.Equal("share-cap", (await forum.PlaceAsync(TestForum.Pledge("rome", 100, "EUR", Areas.Youth), "k2")).Lines.Single().Standing);
        forum.Partner("bern");
        var committed = await forum.PlaceAsync(TestForum.Pledge("bern", 200, "EUR", Areas.Youth), "k3");
        await forum.Commands.ConfirmAsync(committed.Pledge.Id, null, "c", Caller.System, TestForum.Stop);
        await forum.ProjectAsync("farm", TestForum.Money("a", 100));
        await forum.SettleAsync();
        Assert.Equal(200, (await forum.BalanceAsync(committed.Pledge.Id)).Committed);
        await AssertProvedAsync();
    }

    [Theory]
    [InlineData("EUR", "USD")]
    [InlineData("USD", "EUR")]
    public async Task A_share_is_held_to_what_its_project_required_in_that_currency_before_another_need_changed_its_own(string currency, string other)
    {
        forum.Rates.Quote("USD", 1.1m);
        foreach (var city in new[] { "kigali", "lima" }) forum.Catalogue.Cities[city] = new City(city, city, [], "RW", null, null, null, [], Situation.Peace);
        await PutAsync(TestForum.Money("a", 1_000, currency: currency), TestForum.Money("b", 1_000, currency: currency) with { City = "lima" });
        var placed = await forum.PlaceAsync(TestForum.Pledge("rome", 1_000, currency, Areas.Youth) with { Earmark = new Earmark([], ["kigali"], []) }, "k1");
        await forum.Commands.ConfirmAsync(placed.Pledge.Id, null, "c", Caller.System, TestForum.Stop);
        await forum.ProjectAsync("farm", TestForum.Money("a", 1_000, currency: currency), TestForum.Money("b", 10_000, currency: other));
        await forum.SettleAsync();
        Assert.Equal(("a", 1_000L), (await forum.BalanceAsync(placed.Pledge.Id)).Allocations.Select(part => (part.NeedId, part.Committed.Value)).Single());
        await AssertProvedAsync();
    }

    [Fact]
    public async Task A_share_that_was_placed_past_the_cap_is_found()
    {
        await PutAsync(TestForum.Money("a", 1_000));
        var placed = await forum.PlaceAsync(TestForum.Pledge("rome", 400, "EUR", Areas.Youth), "k1");
        await ChangeAsync<JournalEntry>($"journal|{placed.Pledge.Id}|open.{placed.Pledge.Id}", entry => entry with { SharePercent = 39 });
        await AssertFoundAsync("partner rome at farm in youth: it fills 400 EUR; 39 % of what the project required is 390.");
    }

    [Fact]
    public async Task A_lowered_need_releases_the_whole_part_where_less_than_the_smallest_would_be_left()
    {
        await PutAsync(TestForum.Money("a", 1_000));
        forum.Partner("bern");
        var placed = await forum.PlaceAsync(TestForum.Pledge("bern", 450, "EUR", Areas.Youth) with { SmallestPart = 400 }, "k1");
        await forum.ProjectAsync("farm", TestForum.Money("a", 420));
        Assert.Equal((420, 30), Sums(await forum.BalanceAsync(placed.Pledge.Id)));
        await forum.ProjectAsync("farm", TestForum.Money("a", 399));
        var released = await forum.BalanceAsync(placed.Pledge.Id);
        Assert.Equal((0, 450), Sums(released));
        await forum.SettleAsync();
        await AssertProvedAsync();
    }

    [Fact]
    public async Task A_part_below_the_smallest_is_found()
    {
        await PutAsync(TestForum.Money("a", 1_000));
        var placed = await forum.PlaceAsync(TestForum.Pledge("rome", 300, "EUR", Areas.Youth), "k1");
        await ChangePledgeAsync(placed.Pledge with { SmallestPart = 301 });
        await ChangeAsync<Line>($"line|{placed.Pledge.Id}", line => line with { SmallestPart = 301 });
        await AssertFoundAsync($"'open.{placed.Pledge.Id}' leaves 300 at farm/a; the pledge's smallest part is 301.");
    }

    [Fact]
    public async Task A_part_where_the_partner_does_not_give_is_found()
    {
        await PutAsync(TestForum.Money("a", 1_000));
        var placed = await forum.PlaceAsync(TestForum.Pledge("rome", 300, "EUR", Areas.Youth), "k1");
        await ChangeAsync<Line>($"line|{placed.Pledge.Id}", line => line with { Donor = line.Donor with { Exclusions = new Exclusions([], ["farm"], [], []) } });
        await AssertFoundAsync($"part of {placed.Pledge.Id} at farm/a in youth: its partner does not give there: it excludes farm.");
    }

    [Fact]
    public async Task What_was_placed_after_its_last_day_or_its_projects_is_found()
    {
        await PutAsync(TestForum.Money("a", 1_000));
        var placed = await forum.PlaceAsync(TestForum.Pledge("rome", 300, "EUR", Areas.Youth), "k1");
        var day = DateOnly.FromDateTime(TestForum.Start.UtcDateTime).AddDays(-3);
        await ChangeAsync<Line>($"line|{placed.Pledge.Id}", line => line with { ValidUntil = day });
        await AssertFoundAsync($"'open.{placed.Pledge.Id}' places it on need farm/a in youth though it was valid until {day:yyyy-MM-dd}.");
        await ChangeAsync<Position>("need|farm|a", need => need with { EndsOn = day });
        await ChangeAsync<JournalEntry>("journal|farm~a|stated.farm.1", entry => entry with { Terms = entry.Terms! with { EndsOn = day } });
        await AssertFoundAsync($"'open.{placed.Pledge.Id}' places it on need farm/a in youth, whose project had ended");
    }

    [Fact]
    public async Task The_exclusions_of_a_line_are_those_at_its_opening()
    {
        await PutAsync(TestForum.Money("a", 100));
        var standing = await forum.PlaceAsync(TestForum.Pledge("rome", 300, "EUR", Areas.Youth), "k1");
        forum.Catalogue.Partners["rome"] = forum.Catalogue.Partners["rome"] with { Exclusions = new Exclusions([], ["school"], [], []) };
        var later = await forum.PlaceAsync(TestForum.Pledge("rome", 300, "EUR", Areas.Youth), "k2");
        Assert.Equal(("share-cap", "share-cap"), (standing.Lines.Single().Standing, later.Lines.Single().Standing));
        await forum.ProjectAsync("school", TestForum.Money("main", 10_000));
        await forum.SettleAsync();
        Assert.Equal((300, 0), ((await forum.BalanceAsync(standing.Pledge.Id)).Proposed, (await forum.BalanceAsync(later.Pledge.Id)).Proposed));
        await AssertProvedAsync();
    }

    [Fact]
    public async Task A_pledge_that_asks_for_what_its_partner_excludes_is_refused_where_it_does()
    {
        await PutAsync(TestForum.Money("a", 100));
        forum.Catalogue.Partners["rome"] = forum.Catalogue.Partners["rome"] with { Exclusions = new Exclusions([Areas.Sport], ["farm"], [], ["PE"]) };
        var rules = forum.Get<PledgeRules>();
        Assert.Equal(["/earmark/projects/0"], await PointersAsync(TestForum.Pledge("rome", 1) with { Earmark = new Earmark(["farm"], [], []) }));
        Assert.Equal(["/areas/1"], await PointersAsync(TestForum.Pledge("rome", 2, "EUR", Areas.Youth, Areas.Sport)));
        Assert.Equal(["/earmark/countries/0"], await PointersAsync(TestForum.Pledge("rome", 1) with { Earmark = new Earmark([], [], ["PE"]) }));

        async Task<IEnumerable<string>> PointersAsync(PledgeRequest request) => (await rules.CheckAsync(request, TestForum.Stop)).Refusal!.Errors!.Keys;
    }

    private static (long Proposed, long Unallocated) Sums(PledgeBalance balance) => (balance.Proposed, balance.Unallocated);

    private async Task PutAsync(params Need[] needs)
    {
        forum.Partner("rome");
        await forum.ProjectAsync("farm", needs);
    }

    private async Task AssertProvedAsync()
    {
        await forum.AssertBooksAsync(mayOverfill: true);
        Assert.Empty((await AuditAsync()).Differences);
    }

    private async Task AssertFoundAsync(string difference) => Assert.Contains((await AuditAsync()).Differences, found => found.Contains(difference, StringComparison.Ordinal));

    private Task<AuditReport> AuditAsync() => new Auditor(forum.Tables, forum.Clock).RunAsync(TestForum.Stop);

    private async Task ChangeAsync<T>(string key, Func<T, T> change)
    {
        var row = (await forum.Tables.FindAsync(TableNames.Ledger, Areas.Youth, key, TestForum.Stop))!;
        await forum.Tables.PutAsync(TableNames.Ledger, RowChange.Replace(row with { Body = Wire.Write(change(Wire.Read<T>(row))) }), TestForum.Stop);
    }

    private Task ChangePledgeAsync(Pledge pledge)
        => forum.Tables.PutAsync(TableNames.Pledges, RowChange.Upsert(new Row(pledge.PartnerId, pledge.Id, Wire.Write(pledge))), TestForum.Stop);
}
