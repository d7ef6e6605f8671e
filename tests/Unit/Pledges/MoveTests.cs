using FundingFlow.Digests;
using FundingFlow.Pledges;
using FundingFlow.Projects;
using FundingFlow.Tests.Simulation;

namespace FundingFlow.Tests.Unit.Pledges;

/// <summary>Staff move allocations from one need to another.</summary>
public class MoveTests
{
    private readonly LifeBench bench = new();

    [Fact]
    public async Task Within_an_area_what_is_proposed_goes_first_and_the_reason_is_told()
    {
        await bench.Forum.ProjectAsync("farm", TestForum.Money("main", 1_000));
        var pledge = await bench.PledgeAsync(800, Areas.Youth);
        await bench.ConfirmAsync(pledge.Pledge.Id);
        await bench.AmendAsync(pledge.Pledge.Id, LifeBench.To("9.00"));
        await bench.Forum.ProjectAsync("school", TestForum.Money("main", 400));
        // 100 proposed and 800 committed at the farm: 300 are the 100 proposed and 200 of the committed.
        var moved = (await bench.MoveAsync(pledge.Allocations.Single().Id, "school", "main", "3.00")).Value;
        var there = moved.Allocations.Single(part => part.ProjectId == "school");
        Assert.Equal((100, 200, "moved"), (there.Proposed.Minor, there.Committed.Minor, there.Reasons[^1].Code));
        Assert.Contains("it is needed more", there.Reasons[^1].Text, StringComparison.Ordinal);
        Assert.Equal($"Notre équipe l’a déplacé ici\u00a0: {there.Reasons[^1].Data!["reason"]}", ReasonSentences.Of(there.Reasons[^1], Language.Of("fr")));
        Assert.Equal((600, 300), (await bench.FilledAsync(), await bench.FilledAsync("school")));
        await bench.AssertProvedAsync();
    }

    [Theory]
    [InlineData(Areas.Youth)]
    [InlineData(Areas.Sport)]
    public async Task After_its_last_day_only_what_was_committed_by_then_is_moved(string area)
    {
        await bench.Forum.ProjectAsync("farm", TestForum.Money("main", 1_000));
        var until = DateOnly.FromDateTime(TestForum.Start.UtcDateTime);
        var committed = await bench.Forum.PlaceAsync(TestForum.Pledge("rome", 300) with { ValidUntil = until }, "k1");
        var proposed = await bench.Forum.PlaceAsync(TestForum.Pledge("rome", 300) with { ValidUntil = until }, "k2");
        await bench.ConfirmAsync(committed.Pledge.Id);
        await bench.Forum.ProjectAsync("school", TestForum.Money("main", 400, area));
        var (kept, promised) = (committed.Allocations.Single(), proposed.Allocations.Single());
        bench.Forum.Clock.Advance(TimeSpan.FromDays(3));
        Assert.Contains("valid until 2026-11-24", (await bench.MoveAsync(promised.Id, "school", "main", "0.10")).Refusal!.Detail, StringComparison.Ordinal);
        Assert.Null((await bench.MoveAsync(kept.Id, "school", "main", "0.10")).Refusal);
        await bench.AssertProvedAsync();
    }

    [Fact]
    public async Task What_is_partly_committed_is_exchanged_as_one_amount()
    {
        bench.Forum.Rates.Quote("KWD", 0.3347m);
        await bench.Forum.ProjectAsync("farm", TestForum.Money("main", 1_000));
        var pledge = await bench.PledgeAsync(2);
        await bench.ConfirmAsync(pledge.Pledge.Id);
        await bench.AmendAsync(pledge.Pledge.Id, LifeBench.To("0.03"));
        await bench.Forum.ProjectAsync("well", TestForum.Money("main", 1_000, currency: "KWD"));
        // 0.03 EUR are 10.04 fils; of the 10, 2 in 3 are committed, which are 6.67 and so 6: the proposed cent carries the other 4.
        var there = (await bench.MoveAsync(pledge.Allocations.Single().Id, "well", "main")).Value.Allocations.Single();
        Assert.Equal((1, 4, 2, 6), (there.Proposed.Minor, there.Proposed.Value, there.Committed.Minor, there.Committed.Value));
        await bench.AssertProvedAsync();
    }

    [Fact]
    public async Task To_another_area_it_stays_committed()
    {
        await bench.Forum.ProjectAsync("farm", TestForum.Money("main", 800));
        var pledge = await bench.PledgeAsync(800);
        await bench.ConfirmAsync(pledge.Pledge.Id);
        await bench.Forum.ProjectAsync("club", TestForum.Money("main", 500, Areas.Sport));
        var moved = (await bench.MoveAsync(pledge.Allocations.Single().Id, "club", "main", "5.00")).Value;
        Assert.Equal((800, 0, 0), (moved.Committed, moved.Unallocated, moved.InTransit));
        Assert.Equal((300, 500), (await bench.FilledAsync(), await bench.FilledAsync("club", "main", Areas.Sport)));
        await bench.AssertProvedAsync();
    }

    [Theory]
    [InlineData("moved-in")]
    [InlineData("arrived")]
    public async Task A_crash_on_the_way_is_gone_on_with(string lost)
    {
        await bench.Forum.ProjectAsync("farm", TestForum.Money("main", 800));
        var pledge = await bench.PledgeAsync(800);
        await bench.ConfirmAsync(pledge.Pledge.Id);
        await bench.Forum.ProjectAsync("club", TestForum.Money("main", 500, Areas.Sport));
        bench.Lose(lost);
        await Assert.ThrowsAsync<TimeoutException>(() => bench.MoveAsync(pledge.Allocations.Single().Id, "club", "main", "5.00"));
        bench.Forum.Tables.BeforeCommit = null;
        await bench.AssertProvedAsync();
        await bench.RecoverAsync();
        var balance = await bench.Forum.BalanceAsync(pledge.Pledge.Id);
        Assert.Equal((800, 0, 500), (balance.Committed, balance.InTransit, await bench.FilledAsync("club", "main", Areas.Sport)));
        await bench.AssertProvedAsync();
    }

    [Fact]
    public async Task Of_what_was_on_the_way_on_its_last_day_only_what_was_committed_comes_to_the_need()
    {
        await bench.Forum.ProjectAsync("farm", TestForum.Money("main", 800));
        bench.Forum.Partner("rome");
        var pledge = await bench.Forum.PlaceAsync(TestForum.Pledge("rome", 300) with { ValidUntil = DateOnly.FromDateTime(TestForum.Start.UtcDateTime) }, "k");
        await bench.ConfirmAsync(pledge.Pledge.Id);
        await bench.AmendAsync(pledge.Pledge.Id, LifeBench.To("4.00"));
        await bench.Forum.ProjectAsync("club", TestForum.Money("main", 500, Areas.Sport));
        bench.Lose("moved-in");
        await Assert.ThrowsAsync<TimeoutException>(() => bench.MoveAsync(pledge.Allocations.Single().Id, "club", "main", "4.00"));
        bench.Forum.Tables.BeforeCommit = null;
        bench.Forum.Clock.Advance(TimeSpan.FromDays(3));
        await bench.RecoverAsync();
        var balance = await bench.Forum.BalanceAsync(pledge.Pledge.Id);
        Assert.Equal((300, 0, 100), (balance.Committed, balance.Proposed, balance.Unallocated + balance.Withdrawn));
        Assert.Equal(300, await bench.FilledAsync("club", "main", Areas.Sport));
        await bench.AssertProvedAsync();
    }

    [Fact]
    public async Task Where_the_room_has_gone_on_the_way_nothing_is_overfilled_and_no_unit_lost()
    {
        await bench.Forum.ProjectAsync("farm", TestForum.Money("main", 800));
        var pledge = await bench.PledgeAsync(800);
        await bench.Forum.ProjectAsync("club", TestForum.Money("main", 500, Areas.Sport));
        bench.Lose("moved-in");
        await Assert.ThrowsAsync<TimeoutException>(() => bench.MoveAsync(pledge.Allocations.Single().Id, "club", "main", "5.00"));
        bench.Forum.Tables.BeforeCommit = null;
        await bench.PledgeAsync(400, Areas.Sport);
        await bench.RecoverAsync();
        var balance = await bench.Forum.BalanceAsync(pledge.Pledge.Id);
        Assert.Equal((800, 0), (balance.Proposed + balance.Unallocated, balance.InTransit));
        Assert.Equal(500, await bench.FilledAsync("club", "main", Areas.Sport));
        await bench.AssertProvedAsync();
    }

    [Fact]
    public async Task A_need_without_room_is_refused_and_the_room_is_named()
    {
        await bench.Forum.ProjectAsync("farm", TestForum.Money("main", 1_000));
        var pledge = await bench.PledgeAsync(800, Areas.Youth);
        await bench.Forum.ProjectAsync("school", TestForum.Money("main", 250));
        LifeBench.AssertConflict(await bench.MoveAsync(pledge.Allocations.Single().Id, "school", "main", "2.51"), "has room for 2.50 EUR");
        Assert.Equal(800, await bench.FilledAsync());
    }

    [Fact]
    public async Task Earmark_area_unit_and_state_are_kept_to()
    {
        await bench.Forum.ProjectAsync("farm", TestForum.Money("main", 1_000), new Need("coach", FundingFlow.Money.Unit.Hours("coaching"), 500, null, Areas.Youth, "kigali"));
        await bench.Forum.ProjectAsync("club", TestForum.Money("main", 1_000, Areas.Sport));
        var areas = await bench.PledgeAsync(100, Areas.Youth);
        LifeBench.AssertConflict(await bench.MoveAsync(areas.Allocations.Single().Id, "club", "main"), "The pledge is for youth");
        LifeBench.AssertConflict(await bench.MoveAsync(areas.Allocations.Single().Id, "farm", "coach"), "is counted in coaching");
        var tight = await bench.Forum.PlaceAsync(TestForum.Pledge("rome", 100) with { Earmark = new Earmark(["farm"], [], []) }, "t");
        LifeBench.AssertConflict(await bench.MoveAsync(tight.Allocations.Single().Id, "club", "main"), "earmark");
        Assert.Equal("/needId", (await bench.MoveAsync(areas.Allocations.Single().Id, "farm", "main")).Refusal!.Errors!.Keys.Single());
        await bench.ConfirmAsync(areas.Pledge.Id);
        await bench.ReceiveAsync(areas.Pledge.Id, "1.00");
        await bench.Forum.ProjectAsync("school", TestForum.Money("main", 1_000));
        LifeBench.AssertConflict(await bench.MoveAsync(areas.Allocations.Single().Id, "school", "main"), "it is received");
    }

    [Fact]
    public async Task No_part_is_left_or_made_below_the_smallest_part()
    {
        await bench.Forum.ProjectAsync("farm", TestForum.Money("main", 1_000));
        var pledge = await bench.Forum.PlaceAsync(TestForum.Pledge("rome", 1_000, "EUR", Areas.Youth) with { SmallestPart = 300 }, "k");
        await bench.Forum.ProjectAsync("school", TestForum.Money("main", 1_000));
        var part = pledge.Allocations.Single().Id;
        LifeBench.AssertConflict(await bench.MoveAsync(part, "school", "main", "2.00"), "no part below 3.00 EUR: move at least that much");
        LifeBench.AssertConflict(await bench.MoveAsync(part, "school", "main", "8.00"), "move less, so that as much stays, or move all of it");
        Assert.Null((await bench.MoveAsync(part, "school", "main", "4.00")).Refusal);
        await bench.AssertProvedAsync();
    }

    [Theory]
    [InlineData(Areas.Youth)]
    [InlineData(Areas.Sport)]
    public async Task The_share_cap_holds_for_what_staff_move(string area)
    {
        var capped = new LifeBench(("FundingFlow:Matching:SharePercent", "50"));
        await capped.Forum.ProjectAsync("farm", TestForum.Money("main", 1_000));
        var pledge = await capped.PledgeAsync(500, Areas.Youth);
        await capped.Forum.ProjectAsync("school", TestForum.Money("main", 600, area));
        var moved = await capped.MoveAsync(pledge.Allocations.Single().Id, "school", "main", "4.00");
        // In its own area it is refused; in another one it is found there on arrival, and stands.
        if (area == Areas.Youth) LifeBench.AssertConflict(moved, "at most 50 % of the project school");
        Assert.InRange(await capped.FilledAsync("school", "main", area), 0, 300);
        await capped.AssertProvedAsync();
    }
}
