using FundingFlow.Pledges;
using FundingFlow.Pledges.Commands;
using FundingFlow.Projects;
using FundingFlow.Storage;
using FundingFlow.Tests.Simulation;
using FundingFlow.Validation;

namespace FundingFlow.Tests.Unit.Pledges;

/// <summary>Amending a pledge, up and down, at any moment of its life. Amounts are in cents.</summary>
public class AmendTests
{
    private readonly LifeBench bench = new();

    [Fact]
    public async Task More_is_divided_by_the_shares_and_placed_at_once()
    {
        await bench.Forum.ProjectAsync("farm", TestForum.Money("main", 10_000));
        await bench.Forum.ProjectAsync("club", TestForum.Money("main", 10_000, Areas.Sport));
        var pledge = await bench.Forum.PlaceAsync(TestForum.Pledge("rome", 1_000) with { Areas = [new AreaShare(Areas.Youth, 0.3m), new AreaShare(Areas.Sport, 0.7m)] }, "k");
        var amended = (await bench.AmendAsync(pledge.Pledge.Id, LifeBench.To("20.00"))).Value;
        Assert.Equal((2_000, 2_000, 0, 2), (amended.Pledge.Resource.Minor, amended.Proposed, amended.Unallocated, amended.Pledge.Version));
        Assert.Equal((600, 1_400), (await bench.FilledAsync(), await bench.FilledAsync("club", "main", Areas.Sport)));
        await bench.AssertProvedAsync();
    }

    [Fact]
    public async Task More_of_an_unearmarked_pledge_goes_wherever_there_is_room()
    {
        await bench.Forum.ProjectAsync("farm", TestForum.Money("main", 1_000));
        var pledge = await bench.PledgeAsync(1_000);
        await bench.Forum.ProjectAsync("club", TestForum.Money("main", 300, Areas.Sport));
        var amended = (await bench.AmendAsync(pledge.Pledge.Id, LifeBench.To("15.00"))).Value;
        Assert.Equal((1_300, 200, 0), (amended.Proposed, amended.Unallocated, amended.InTransit));
        Assert.Equal(300, await bench.FilledAsync("club", "main", Areas.Sport));
        await bench.AssertProvedAsync();
    }

    [Fact]
    public async Task Less_takes_what_is_unallocated_first_and_then_the_newest_proposal()
    {
        await bench.Forum.ProjectAsync("farm", TestForum.Money("main", 600));
        var pledge = await bench.PledgeAsync(1_000, Areas.Youth);
        bench.Forum.Clock.Advance(TimeSpan.FromMinutes(1));
        await bench.Forum.ProjectAsync("school", TestForum.Money("main", 300));
        await bench.Forum.SettleAsync();
        // 600 at the farm, 300 at the school since a minute, 100 unallocated: 250 less is those 100 and 150 of the school's.
        var amended = (await bench.AmendAsync(pledge.Pledge.Id, LifeBench.To("7.50"))).Value;
        Assert.Equal((750, 0, 750), (amended.Proposed, amended.Unallocated, amended.Pledged));
        Assert.Equal((600, 150), (await bench.FilledAsync(), await bench.FilledAsync("school")));
        await bench.AssertProvedAsync();
    }

    [Fact]
    public async Task Less_than_what_is_confirmed_is_refused_and_the_least_is_named()
    {
        await bench.Forum.ProjectAsync("farm", TestForum.Money("main", 600));
        var pledge = await bench.PledgeAsync(1_000, Areas.Youth);
        await bench.ConfirmAsync(pledge.Pledge.Id);
        await bench.ReceiveAsync(pledge.Pledge.Id, "2.00");
        LifeBench.AssertConflict(await bench.AmendAsync(pledge.Pledge.Id, LifeBench.To("5.99")), "6.00 is the least");
        var amended = (await bench.AmendAsync(pledge.Pledge.Id, LifeBench.To("6.00"))).Value;
        Assert.Equal((400, 200, 0, PledgeStatus.Committed), (amended.Committed, amended.Received, amended.Unallocated, amended.Status));
        await bench.AssertProvedAsync();
    }

    [Fact]
    public async Task After_more_came_than_was_owed_the_pledge_still_grows_by_what_it_is_amended_by()
    {
        await bench.Forum.ProjectAsync("farm", TestForum.Money("main", 1_000));
        var pledge = await bench.PledgeAsync(1_000, Areas.Youth);
        await bench.ConfirmAsync(pledge.Pledge.Id);
        await bench.ReceiveAsync(pledge.Pledge.Id, "10.40");
        var amended = (await bench.AmendAsync(pledge.Pledge.Id, LifeBench.To("11.00"))).Value;
        Assert.Equal((1_140, 1_000, 140), (amended.Pledged, amended.Received, amended.Unallocated));
        await bench.AssertProvedAsync();
    }

    [Fact]
    public async Task Units_that_came_from_another_area_can_be_amended_away()
    {
        var pledge = await bench.PledgeAsync(1_000);
        await bench.Forum.ProjectAsync("farm", TestForum.Money("main", 900));
        await bench.Forum.SettleAsync();
        // All lay in `any`; 900 went to youth. 400 less takes the 100 that are left there, and 300 of those that went.
        var amended = (await bench.AmendAsync(pledge.Pledge.Id, LifeBench.To("6.00"))).Value;
        Assert.Equal((600, 600, 0), (amended.Pledged, amended.Proposed, amended.Unallocated));
        Assert.Equal(-300, amended.Lines.Single(line => line.Area == Areas.Youth).Amount);
        await bench.AssertProvedAsync();
    }

    [Theory]
    [InlineData("15.00", 1_500)]
    [InlineData("4.00", 400)]
    public async Task It_may_come_before_the_pledge_is_placed(string amount, long minor)
    {
        await bench.Forum.ProjectAsync("farm", TestForum.Money("main", 5_000));
        await bench.Forum.ProjectAsync("club", TestForum.Money("main", 5_000, Areas.Sport));
        var id = await bench.Forum.SubmitAsync(TestForum.Pledge("rome", 1_000, "EUR", Areas.Youth, Areas.Sport), "k");
        await bench.AmendAsync(id, LifeBench.To(amount));
        await bench.Forum.SettleAsync();
        var balance = await bench.Forum.BalanceAsync(id);
        Assert.Equal((minor, minor), (balance.Pledged, balance.Proposed));
        await bench.AssertProvedAsync();
    }

    [Theory]
    [InlineData("20.00", 2_000)]
    [InlineData("5.00", 500)]
    public async Task A_crash_between_two_areas_is_gone_on_with(string amount, long minor)
    {
        await bench.Forum.ProjectAsync("farm", TestForum.Money("main", 5_000));
        await bench.Forum.ProjectAsync("club", TestForum.Money("main", 5_000, Areas.Sport));
        var pledge = await bench.PledgeAsync(1_000, Areas.Youth, Areas.Sport);
        var amended = 0;
        bench.Forum.Tables.BeforeCommit = (_, changes) => changes.Any(change => change.Row.Body.Contains("\"kind\":\"amended\"", StringComparison.Ordinal)) && ++amended == 2
            ? throw new TimeoutException("lost") : Task.CompletedTask;
        await Assert.ThrowsAsync<TimeoutException>(() => bench.AmendAsync(pledge.Pledge.Id, LifeBench.To(amount)));
        await bench.AssertProvedAsync();
        await bench.RecoverAsync();
        var balance = await bench.Forum.BalanceAsync(pledge.Pledge.Id);
        Assert.Equal((minor, minor, true), (balance.Pledged, balance.Proposed, balance.Pledge.Amendments.Single().Done));
        await bench.AssertProvedAsync();
    }

    [Fact]
    public async Task What_was_confirmed_while_it_was_being_lowered_stays_pledged()
    {
        await bench.Forum.ProjectAsync("farm", TestForum.Money("main", 1_000));
        var pledge = await bench.PledgeAsync(1_000, Areas.Youth);
        bench.Lose("amended");
        await Assert.ThrowsAsync<TimeoutException>(() => bench.AmendAsync(pledge.Pledge.Id, LifeBench.To("3.00"), "less"));
        bench.Forum.Tables.BeforeCommit = null;
        await bench.ConfirmAsync(pledge.Pledge.Id);
        var amended = (await bench.AmendAsync(pledge.Pledge.Id, LifeBench.To("3.00"), "less")).Value;
        Assert.Equal((1_000, 1_000, 700), (amended.Pledge.Resource.Minor, amended.Committed, amended.Pledge.Amendments.Single().Short));
        await bench.AssertProvedAsync();
    }

    [Fact]
    public async Task The_same_key_has_one_effect_and_no_change_is_none()
    {
        await bench.Forum.ProjectAsync("farm", TestForum.Money("main", 5_000));
        var pledge = await bench.PledgeAsync(1_000, Areas.Youth);
        for (var i = 0; i < 3; i++) Assert.Equal(1_200, (await bench.AmendAsync(pledge.Pledge.Id, LifeBench.To("12.00"), "once")).Value.Proposed);
        LifeBench.AssertConflict(await bench.AmendAsync(pledge.Pledge.Id, LifeBench.To("13.00"), "once"), "used before with other content");
        Assert.Equal(2, (await bench.AmendAsync(pledge.Pledge.Id, LifeBench.To("12.00"))).Value.Pledge.Version);
        await bench.AssertProvedAsync();
    }

    [Fact]
    public async Task The_same_amounts_written_otherwise_are_the_same_content()
    {
        await bench.Forum.ProjectAsync("farm", TestForum.Money("main", 5_000));
        var pledge = await bench.PledgeAsync(1_000, Areas.Youth);
        foreach (var text in new[] { "12.00", "12", "012.0" })
        {
            var patch = LifeBench.To(text) with { Schedule = [new StatedInstalment(new DateOnly(2027, 1, 1), new StatedAmount("amount", text))] };
            Assert.Equal((1_200, 2), ((await bench.AmendAsync(pledge.Pledge.Id, patch, "once")).Value.Proposed, (await bench.Forum.BalanceAsync(pledge.Pledge.Id)).Pledge.Version));
        }

        await bench.AssertProvedAsync();
    }

    [Fact]
    public async Task A_pledge_with_a_schedule_asks_for_one_that_sums_to_the_new_amount()
    {
        await bench.Forum.ProjectAsync("farm", TestForum.Money("main", 5_000));
        var due = new DateOnly(2027, 1, 1);
        var pledge = await bench.Forum.PlaceAsync(TestForum.Pledge("rome", 1_000, "EUR", Areas.Youth) with { Schedule = [new Instalment(due, 1_000)] }, "k");
        var without = await bench.AmendAsync(pledge.Pledge.Id, LifeBench.To("12.00"));
        Assert.Equal((RefusalKind.Invalid, "/schedule"), (without.Refusal!.Kind, without.Refusal.Errors!.Keys.Single()));
        var patch = LifeBench.To("12.00") with { Schedule = [new StatedInstalment(due, new StatedAmount("amount", "5.00")), new StatedInstalment(due.AddDays(1), new StatedAmount("amount", "7.00"))] };
        Assert.Equal([500, 700], (await bench.AmendAsync(pledge.Pledge.Id, patch)).Value.Pledge.Schedule.Select(instalment => instalment.Minor));
    }

    [Fact]
    public async Task What_was_read_before_another_amended_it_is_refused()
    {
        await bench.Forum.ProjectAsync("farm", TestForum.Money("main", 5_000));
        var pledge = await bench.PledgeAsync(1_000, Areas.Youth);
        var read = new Precondition([Amend.ETagOf(pledge.Pledge.Version)], false);
        Assert.Null((await bench.AmendAsync(pledge.Pledge.Id, LifeBench.To("12.00"), condition: read)).Refusal);
        Assert.Equal(RefusalKind.PreconditionFailed, (await bench.AmendAsync(pledge.Pledge.Id, LifeBench.To("13.00"), condition: read)).Refusal!.Kind);
    }

    [Fact]
    public async Task Its_validity_and_its_visibility_reach_every_line_and_part()
    {
        await bench.Forum.ProjectAsync("farm", TestForum.Money("main", 5_000));
        var pledge = await bench.PledgeAsync(1_000, Areas.Youth);
        var patch = LifeBench.Nothing with { GivesValidUntil = true, ValidUntil = new DateOnly(2027, 1, 31), Visibility = Visibility.Anonymous };
        var amended = (await bench.AmendAsync(pledge.Pledge.Id, patch)).Value;
        Assert.Equal((new DateOnly(2027, 1, 31), true), (amended.Lines.Single().ValidUntil!.Value, amended.Allocations.Single().Anonymous));
        await bench.AssertProvedAsync();
    }

    [Fact]
    public async Task A_withdrawn_pledge_is_not_amended()
    {
        var pledge = await bench.PledgeAsync(1_000, Areas.Youth);
        await bench.WithdrawAsync(pledge.Pledge.Id);
        LifeBench.AssertConflict(await bench.AmendAsync(pledge.Pledge.Id, LifeBench.To("12.00")), "was withdrawn");
    }

    [Fact]
    public async Task A_withdrawal_right_after_an_amendment_that_crashed_takes_back_all_of_it()
    {
        await bench.Forum.ProjectAsync("farm", TestForum.Money("main", 5_000));
        var pledge = await bench.PledgeAsync(1_000);
        bench.Lose("amended");
        await Assert.ThrowsAsync<TimeoutException>(() => bench.AmendAsync(pledge.Pledge.Id, LifeBench.To("20.00")));
        bench.Forum.Tables.BeforeCommit = null;
        var withdrawn = (await bench.WithdrawAsync(pledge.Pledge.Id)).Value;
        Assert.Equal((2_000, 0, 0), (withdrawn.Withdrawn, withdrawn.Proposed, withdrawn.Unallocated));
        await bench.RecoverAsync();
        Assert.Equal(2_000, (await bench.Forum.BalanceAsync(pledge.Pledge.Id)).Withdrawn);
        await bench.AssertProvedAsync();
    }

    [Fact]
    public async Task What_came_above_what_was_owed_is_not_amended_away()
    {
        await bench.Forum.ProjectAsync("farm", TestForum.Money("main", 1_000));
        var pledge = await bench.PledgeAsync(1_000, Areas.Youth);
        await bench.ConfirmAsync(pledge.Pledge.Id);
        await bench.ReceiveAsync(pledge.Pledge.Id, "12.00");
        LifeBench.AssertConflict(await bench.AmendAsync(pledge.Pledge.Id, LifeBench.To("9.00")), "10.00 is the least");
        Assert.Equal(1_200, (await bench.Forum.BalanceAsync(pledge.Pledge.Id)).Pledged);
    }

    [Fact]
    public async Task What_an_import_stated_as_received_does_not_grow_by_a_promise()
    {
        await bench.Forum.ProjectAsync("farm", TestForum.Money("main", 2_000));
        var pledge = await bench.Forum.PlaceAsync(TestForum.Pledge("rome", 1_000, "EUR", Areas.Youth) with { Status = StatedStatus.Receipt }, "k");
        LifeBench.AssertConflict(await bench.AmendAsync(pledge.Pledge.Id, LifeBench.To("15.00")), "imported as received");
        Assert.Equal(1_000, (await bench.Forum.BalanceAsync(pledge.Pledge.Id)).Received);
    }

    [Fact]
    public async Task No_share_is_left_below_the_smallest_part()
    {
        await bench.Forum.ProjectAsync("farm", TestForum.Money("main", 2_000));
        var pledge = await bench.Forum.PlaceAsync(TestForum.Pledge("rome", 1_000, "EUR", Areas.Youth, Areas.Sport) with { SmallestPart = 400 }, "k");
        Assert.Contains("/resource", (await bench.AmendAsync(pledge.Pledge.Id, LifeBench.To("7.00"))).Refusal!.Errors!.Keys);
        Assert.Null((await bench.AmendAsync(pledge.Pledge.Id, LifeBench.To("8.00"))).Refusal);
    }
}
