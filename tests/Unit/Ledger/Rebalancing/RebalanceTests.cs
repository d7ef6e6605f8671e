using FundingFlow.Access;
using FundingFlow.Cities;
using FundingFlow.Digests;
using FundingFlow.Ledger;
using FundingFlow.Ledger.Rebalancing;
using FundingFlow.Matching;
using FundingFlow.Partners;
using FundingFlow.Pledges;
using FundingFlow.Projects;
using FundingFlow.Storage;
using FundingFlow.Tests.Simulation;

namespace FundingFlow.Tests.Unit.Ledger.Rebalancing;

/// <summary>Small books of which the optimum is known by hand.</summary>
public class RebalanceTests
{
    private static readonly Earmark ToRwanda = new([], [], ["RW"]);
    private readonly RebalanceBook book = new();

    private TestForum Forum => book.Forum;

    [Fact]
    public async Task An_empty_Forum_is_at_its_optimum()
    {
        var done = await book.RebalanceToTheOptimumAsync();
        Assert.Equal((0, 0), (done.Planned, done.Units.Count));
    }

    [Fact]
    public async Task A_pledge_that_can_go_elsewhere_gives_way_to_one_that_cannot()
    {
        // The first fills the farm to the 80 % that weigh most and begins the school; the second may serve only Rwanda, where the farm is.
        await Forum.ProjectAsync("farm", TestForum.Money("main", 1000));
        await Forum.ProjectAsync("school", TestForum.Money("main", 1000) with { City = "lima" });
        var free = await book.PledgeAsync("rome", 1000, "a", areas: Areas.Youth);
        var bound = await book.PledgeAsync("bern", 1000, "b", ToRwanda, areas: Areas.Youth);
        Assert.Equal(800, (await Forum.BalanceAsync(bound)).Unallocated);

        var done = await book.RebalanceToTheOptimumAsync();
        Assert.Equal(2, done.Moved);
        var unit = Assert.Single(done.Units);
        // 80 % of each weighs 2, the rest 1: 1800 of a need of 1000.
        Assert.Equal((2200, 3600, 3600), ((long)unit.Before.WeightedMet, (long)unit.After!.Value.WeightedMet, (long)unit.Need));
        Assert.Equal(1000, (await book.PartsAsync(free))["school/main in youth"]);
        Assert.Equal(1000, (await book.PartsAsync(bound))["farm/main in youth"]);
        var part = Assert.Single((await Forum.BalanceAsync(free)).Allocations);
        var moved = Assert.Single(part.Reasons, reason => reason.Code == "rebalanced");
        Assert.Equal("Moved from farm to school on 2026-11-24 because a pledge that could serve nothing as well elsewhere takes its place, so that together more of what matters is met.",
            moved.Text);
        Assert.Equal(moved.Text.Replace("2026-11-24", "24 November 2026", StringComparison.Ordinal), ReasonSentences.Of(moved, Language.English));
        Assert.Contains(part.Reasons, reason => reason.Code == "completes");
    }

    [Fact]
    public async Task What_comes_to_one_need_from_several_tells_of_each()
    {
        await Forum.ProjectAsync("farm", TestForum.Money("main", 500));
        await Forum.ProjectAsync("school", TestForum.Money("main", 500));
        var free = await book.PledgeAsync("rome", 1000, "a", areas: Areas.Youth);
        await book.PledgeAsync("bern", 1000, "b", ToRwanda, areas: Areas.Youth);
        await Forum.ProjectAsync("film", TestForum.Money("main", 1000) with { City = "lima" });

        await book.RebalanceToTheOptimumAsync();
        var part = Assert.Single((await Forum.BalanceAsync(free)).Allocations);
        Assert.Equal(["farm", "school"], part.Reasons.Where(reason => reason.Code == "rebalanced").Select(reason => reason.Text.Split(' ')[2]).Order());
    }

    [Fact]
    public async Task A_dry_run_tells_the_plan_and_moves_nothing()
    {
        await Forum.ProjectAsync("farm", TestForum.Money("main", 1000));
        await Forum.ProjectAsync("school", TestForum.Money("main", 1000) with { City = "lima" });
        var free = await book.PledgeAsync("rome", 1000, "a", areas: Areas.Youth);
        await book.PledgeAsync("bern", 1000, "b", ToRwanda, areas: Areas.Youth);
        var dry = await book.RebalanceAsync(dryRun: true);
        Assert.Equal((RebalanceStatus.Done, 2, 0, 2), (dry.Status, dry.Planned, dry.Moved, dry.Parts));
        Assert.Null(Assert.Single(dry.Units).After);
        Assert.Equal(2, (await book.MovesAsync(dry, made: false)).Count);
        Assert.Equal(800, (await book.PartsAsync(free))["farm/main in youth"]);
    }

    [Fact]
    public async Task What_is_confirmed_and_what_was_told_stays_where_it_is()
    {
        // The one sector that the farm lacks after the first pledge, so that the second goes to it too.
        Forum.Partner("acme", Sector.Private);
        await Forum.ProjectAsync("farm", TestForum.Money("main", 2000));
        await Forum.ProjectAsync("school", TestForum.Money("main", 2000) with { City = "lima" });
        var confirmed = await book.PledgeAsync("rome", 1000, "a", areas: Areas.Youth);
        await Forum.Commands.ConfirmAsync(confirmed, null, "c", Caller.System, RebalanceBook.Stop);
        var told = await book.PledgeAsync("acme", 1000, "b", areas: Areas.Youth);
        await Forum.Get<Books>().TellAsync((await Forum.BalanceAsync(told)).Allocations, RebalanceBook.Stop);
        var bound = await book.PledgeAsync("bern", 1000, "d", ToRwanda, areas: Areas.Youth);

        Assert.Equal(0, (await book.RebalanceToTheOptimumAsync("first")).Moved);
        Assert.Equal(600, (await Forum.BalanceAsync(bound)).Unallocated);

        // After a month the partner may be told something else.
        Forum.Clock.Advance(TimeSpan.FromDays(30));
        Assert.Equal(2, (await book.RebalanceToTheOptimumAsync("later")).Moved);
        Assert.Equal(1000, (await book.PartsAsync(told))["school/main in youth"]);
        Assert.Equal(1000, (await book.PartsAsync(confirmed))["farm/main in youth"]);
        Assert.Equal(0, (await Forum.BalanceAsync(bound)).Unallocated);
    }

    [Fact]
    public async Task Telling_twice_writes_once()
    {
        await Forum.ProjectAsync("farm", TestForum.Money("main", 2000));
        var id = await book.PledgeAsync("acme", 1000, "a", areas: Areas.Youth);
        var parts = (await Forum.BalanceAsync(id)).Allocations;
        await Forum.Get<Books>().TellAsync(parts, RebalanceBook.Stop);
        var first = (await Forum.BalanceAsync(id)).Allocations[0].ToldAt;
        Assert.NotNull(first);
        Forum.Clock.Advance(TimeSpan.FromDays(7));
        await Forum.Get<Books>().TellAsync(parts, RebalanceBook.Stop);
        Assert.Equal(first, (await Forum.BalanceAsync(id)).Allocations[0].ToldAt);
        Assert.Single(await Forum.Reader.HistoryAsync(Areas.Youth, id, RebalanceBook.Stop), entry => entry.Kind == "told");
        await book.AuditAsync();
    }

    [Fact]
    public async Task An_unearmarked_pledge_goes_to_another_area_and_nothing_stays_in_transit()
    {
        await Forum.ProjectAsync("farm", TestForum.Money("main", 1000, Areas.Culture));
        await Forum.ProjectAsync("school", TestForum.Money("main", 1000, Areas.Youth));
        var free = await book.PledgeAsync("rome", 1000, "a");
        var bound = await book.PledgeAsync("bern", 1000, "b", areas: Areas.Culture);
        Assert.Equal(800, (await book.PartsAsync(free))["farm/main in culture"]);

        await book.RebalanceToTheOptimumAsync();
        Assert.Equal(1000, (await book.PartsAsync(free))["school/main in youth"]);
        Assert.Equal(1000, (await book.PartsAsync(bound))["farm/main in culture"]);
        Assert.Equal(0, (await Forum.BalanceAsync(free)).InTransit);
        Assert.Contains((await Forum.BalanceAsync(free)).Allocations[0].Reasons, reason => reason.Code == "rebalanced");
        Assert.All(Areas.All, area => Assert.DoesNotContain(Forum.Reader.PositionsAsync(area, RebalanceBook.Stop).Result, need => need.Reservations is not null));
    }

    [Fact]
    public async Task Two_unearmarked_pledges_change_places_between_areas_for_a_better_fit()
    {
        await Forum.ProjectAsync("farm", TestForum.Money("main", 1000, Areas.Culture));
        await Forum.ProjectAsync("school", TestForum.Money("main", 1000, Areas.Youth));
        Interests("rome", Areas.Youth);
        Interests("bern", Areas.Culture);
        var needs = new[] { ("rome", Areas.Culture), ("bern", Areas.Youth) };
        // Each is placed while only the other's best need is open.
        var ids = await PlaceAtAsync(needs);
        var done = await book.RebalanceToTheOptimumAsync();
        Assert.Equal(2, done.Moved);
        Assert.Equal(1000, (await book.PartsAsync(ids[0]))["school/main in youth"]);
        Assert.Equal(1000, (await book.PartsAsync(ids[1]))["farm/main in culture"]);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(12)]
    public async Task A_circle_of_full_needs_turns_in_one_transaction(int length)
    {
        var ids = await CircleAsync(length);
        var transactions = 0;
        Forum.Tables.BeforeCommit = (table, changes) =>
        {
            if (table == TableNames.Ledger) transactions++;
            return Task.CompletedTask;
        };
        var done = await book.RebalanceAsync();
        Assert.Equal((1, length, 0), (transactions, done.Moved, done.Skipped));
        await AssertTurnedAsync(ids);
    }

    [Fact]
    public async Task A_longer_circle_goes_over_reserved_room()
    {
        var ids = await CircleAsync(40);
        var overfilled = 0;
        Forum.Tables.AfterCommit = async (_, _) =>
        {
            foreach (var need in await Forum.Reader.PositionsAsync(Areas.Youth, RebalanceBook.Stop)) if (need.Filled + need.Reserved > need.Required) overfilled++;
        };
        var done = await book.RebalanceToTheOptimumAsync();
        Assert.Equal((40, 0), (done.Moved, overfilled));
        await AssertTurnedAsync(ids);
    }

    [Fact]
    public async Task What_no_other_need_wants_is_released_for_what_weighs_more()
    {
        // Two pledges may only serve the farm, and only one has room; the one that fits better gets it.
        await Forum.ProjectAsync("farm", TestForum.Money("main", 1000));
        var first = await book.PledgeAsync("rome", 1000, "a", areas: Areas.Youth);
        Interests("bern", Areas.Youth);
        var fitting = await book.PledgeAsync("bern", 1000, "b", areas: Areas.Youth);
        await book.RebalanceToTheOptimumAsync();
        Assert.Equal(1000, (await Forum.BalanceAsync(first)).Unallocated);
        Assert.Equal(1000, (await book.PartsAsync(fitting))["farm/main in youth"]);
    }

    [Fact]
    public async Task What_a_tight_earmark_lays_above_a_requirement_stays_there()
    {
        await Forum.ProjectAsync("farm", TestForum.Money("main", 600));
        await Forum.ProjectAsync("school", TestForum.Money("main", 600));
        var tight = await book.PledgeAsync("rome", 1000, "a", new Earmark(["farm"], [], []));
        var loose = await book.PledgeAsync("bern", 1000, "b", areas: Areas.Youth);
        await book.RebalanceToTheOptimumAsync();
        Assert.Equal(1000, (await book.PartsAsync(tight))["farm/main in youth"]);
        Assert.Equal(600, (await book.PartsAsync(loose))["school/main in youth"]);
    }

    [Fact]
    public async Task Nobody_loses_a_place_for_one_that_a_tight_earmark_keeps()
    {
        await Forum.ProjectAsync("farm", TestForum.Money("main", 1000) with { City = "kigali" });
        await Forum.ProjectAsync("camp", TestForum.Money("main", 1000) with { City = "lima" });
        Forum.Partner("near", city: "kigali");
        var displaced = await book.PledgeAsync("near", 1000, "a", areas: Areas.Youth);
        var tight = await book.PledgeAsync("rome", 1000, "b", new Earmark(["farm"], [], []));
        var waiting = await book.PledgeAsync("acme", 1000, "c", areas: Areas.Youth);
        Assert.Equal(1000, (await book.PartsAsync(displaced))["camp/main in youth"]);
        await book.RebalanceToTheOptimumAsync(mayBeOpen: true);
        Assert.Equal(1000, (await book.PartsAsync(tight))["farm/main in youth"]);
        Assert.Equal(1000, (await book.PartsAsync(displaced))["camp/main in youth"]);
        Assert.Equal(1000, (await Forum.BalanceAsync(waiting)).Unallocated);
    }

    [Fact]
    public async Task The_same_key_answers_with_the_same_rebalance_and_another_content_is_refused()
    {
        await Forum.ProjectAsync("farm", TestForum.Money("main", 600));
        var first = await book.RebalanceAsync("k");
        Forum.Clock.Advance(TimeSpan.FromHours(1));
        var second = await book.RebalanceAsync("k");
        Assert.Equal((first.Id, first.StartedAt), (second.Id, second.StartedAt));
        Assert.Contains("dryRun=false", (await Forum.Get<Rebalances>().RunAsync("k", true, "staff", RebalanceBook.Stop)).Refusal!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Money_in_several_currencies_moves_and_no_need_overfills()
    {
        Forum.Rates.Quote("USD", 1.0889m);
        Forum.Rates.Quote("RWF", 1_612.37m);
        await Forum.ProjectAsync("farm", TestForum.Money("main", 100_001, currency: "RWF"));
        await Forum.ProjectAsync("school", TestForum.Money("main", 9_973, currency: "USD") with { City = "lima" });
        await Forum.ProjectAsync("film", TestForum.Money("main", 7_919) with { City = "lima" });
        var free = await book.PledgeAsync("rome", 17_327, "a", currency: "USD", areas: Areas.Youth);
        await book.PledgeAsync("acme", 5_011, "b", areas: Areas.Youth);
        await book.PledgeAsync("bern", 90_007, "c", ToRwanda, "RWF", Areas.Youth);
        var done = await book.RebalanceToTheOptimumAsync();
        var unit = Assert.Single(done.Units);
        Assert.False(unit.IsExact);
        Assert.True(unit.After!.Value.WeightedMet > unit.Before.WeightedMet, $"{unit.Before} → {unit.After}");
        Assert.Equal(17_327, (await Forum.BalanceAsync(free)).Pledged);
    }

    [Fact]
    public async Task What_is_exchanged_fills_a_partners_share_and_no_more()
    {
        Forum.Rates.Quote("USD", 1.0889m);
        Forum.Get<PlacingPolicy>().SharePercent = 30;
        await Forum.ProjectAsync("school", TestForum.Money("main", 45_000, currency: "USD"));
        var pledge = await book.PledgeAsync("bern", 3_333, "a", currency: "USD", areas: Areas.Youth);
        await Forum.ProjectAsync("farm", TestForum.Money("main", 10_000, minimum: 4_000));
        Assert.Equal(1, (await book.RebalanceToTheOptimumAsync()).Moved);
        Assert.Equal(3_000, (await Forum.PositionAsync(Areas.Youth, "farm", "main")).Filled);
        Assert.Equal(3_333, (await Forum.BalanceAsync(pledge)).Proposed);
    }

    [Fact]
    public async Task A_part_that_is_large_enough_only_with_what_comes_from_another_area_is_made()
    {
        await Forum.ProjectAsync("farm", TestForum.Money("old", 720));
        var id = await Forum.SubmitAsync(TestForum.Pledge("rome", 1_050, "EUR") with { SmallestPart = 200 }, "a");
        await Forum.SettleAsync();
        Assert.Equal(720, (await book.PartsAsync(id))["farm/old in youth"]);
        Forum.Get<PlacingPolicy>().SharePercent = 50;
        await Forum.ProjectAsync("farm", TestForum.Money("old", 900), TestForum.Money("new", 800));
        await book.RebalanceToTheOptimumAsync();
        var parts = await book.PartsAsync(id);
        Assert.Equal((650, 200), (parts["farm/old in youth"], parts["farm/new in youth"]));
    }

    [Fact]
    public async Task What_is_too_little_alone_comes_after_what_is_enough()
    {
        await Forum.ProjectAsync("alpha", TestForum.Money("main", 1_020) with { City = "kigali" });
        await Forum.ProjectAsync("beta", TestForum.Money("main", 880) with { City = "lima" });
        var id = await Forum.SubmitAsync(TestForum.Pledge("rome", 1_900, "EUR") with { SmallestPart = 500 }, "a");
        await Forum.SettleAsync();
        await book.PledgeAsync("bern", 290, "b", new Earmark([], ["kigali"], []), areas: Areas.Youth);
        await book.PledgeAsync("acme", 880, "c", new Earmark([], ["lima"], []), areas: Areas.Youth);
        await Forum.ProjectAsync("field", TestForum.Money("main", 1_170, Areas.Sport));
        await book.RebalanceToTheOptimumAsync();
        var parts = await book.PartsAsync(id);
        Assert.Equal((730, 1_170), (parts["alpha/main in youth"], parts["field/main in sport"]));
    }

    /// <summary>A circle in which each pledge lies at its neighbour's project, and would fit its own better.</summary>
    private async Task<IReadOnlyList<string>> CircleAsync(int length)
    {
        for (var i = 0; i < length; i++)
        {
            Forum.Catalogue.Cities[$"c{i:D2}"] = new City($"c{i:D2}", $"c{i:D2}", [], "RW", null, null, null, [], Situation.Peace);
            Forum.Partner($"p{i:D2}", city: $"c{i:D2}");
        }

        var ids = new List<string>();
        for (var i = 0; i < length; i++)
        {
            await Forum.ProjectAsync($"n{(i + 1) % length:D2}", TestForum.Money("main", 1000) with { City = $"c{(i + 1) % length:D2}" });
            ids.Add(await book.PledgeAsync($"p{i:D2}", 1000, "a", areas: Areas.Youth));
            Assert.Equal(1000, (await book.PartsAsync(ids[i]))[$"n{(i + 1) % length:D2}/main in youth"]);
        }

        return ids;
    }

    private async Task AssertTurnedAsync(IReadOnlyList<string> ids)
    {
        for (var i = 0; i < ids.Count; i++) Assert.Equal(1000, (await book.PartsAsync(ids[i]))[$"n{i:D2}/main in youth"]);
        await book.AuditAsync();
    }

    private async Task<IReadOnlyList<string>> PlaceAtAsync((string Partner, string Area)[] placed)
    {
        var ids = new List<string>();
        foreach (var (partner, area) in placed)
        {
            // The others' room is shut for the moment.
            var shut = new List<(string Project, Need Need)>();
            foreach (var (id, project) in Forum.Catalogue.Projects.OrderBy(project => project.Key, StringComparer.Ordinal).ToList())
                if (project.Area != area && (await Forum.PositionAsync(project.Area, id, "main")).Filled == 0) shut.Add((id, project.Needs[0]));
            foreach (var (project, need) in shut) await Forum.ProjectAsync(project, need with { Required = 1 });
            ids.Add(await book.PledgeAsync(partner, 1000, "a"));
            foreach (var (project, need) in shut) await Forum.ProjectAsync(project, need);
        }

        return ids;
    }

    private void Interests(string partner, params string[] areas)
        => Forum.Catalogue.Partners[partner] = Forum.Catalogue.Partners[partner] with { Interests = areas };
}
