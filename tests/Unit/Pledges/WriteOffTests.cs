using FundingFlow.Access;
using FundingFlow.Pledges;
using FundingFlow.Pledges.Commands;
using FundingFlow.Projects;
using FundingFlow.Storage;
using FundingFlow.Tests.Simulation;
using FundingFlow.Validation;

namespace FundingFlow.Tests.Unit.Pledges;

/// <summary>Commitments that are given up as uncollectable.</summary>
public class WriteOffTests
{
    private readonly LifeBench bench = new();

    [Fact]
    public async Task The_need_has_room_again_which_others_take()
    {
        await bench.Forum.ProjectAsync("farm", TestForum.Money("main", 1_000));
        var pledge = await bench.PledgeAsync(1_000, Areas.Youth);
        await bench.ConfirmAsync(pledge.Pledge.Id);
        await bench.ReceiveAsync(pledge.Pledge.Id, "2.00");
        var waiting = await bench.PledgeAsync(500, Areas.Youth);
        Assert.Equal(500, waiting.Unallocated);
        var written = (await bench.WriteOffAsync(pledge.Pledge.Id, "3.00")).Value;
        Assert.Equal((500, 200, 300), (written.Committed, written.Received, written.WrittenOff));
        await bench.Forum.SettleAsync();
        Assert.Equal((1_000, 300), (await bench.FilledAsync(), (await bench.Forum.BalanceAsync(waiting.Pledge.Id)).Proposed));
        await bench.AssertProvedAsync();
    }

    [Fact]
    public async Task It_is_spread_over_the_commitments_to_the_cent()
    {
        await bench.Forum.ProjectAsync("farm", TestForum.Money("a", 100), TestForum.Money("b", 100), TestForum.Money("c", 100));
        var pledge = await bench.PledgeAsync(300, Areas.Youth);
        await bench.ConfirmAsync(pledge.Pledge.Id);
        var written = (await bench.WriteOffAsync(pledge.Pledge.Id, "1.00")).Value;
        Assert.Equal([66, 67, 67], written.Allocations.Select(part => part.Committed.Minor).Order());
        await bench.AssertProvedAsync();
    }

    [Fact]
    public async Task What_is_not_committed_is_not_written_off()
    {
        await bench.Forum.ProjectAsync("farm", TestForum.Money("main", 1_000));
        var pledge = await bench.PledgeAsync(1_000, Areas.Youth);
        LifeBench.AssertConflict(await bench.WriteOffAsync(pledge.Pledge.Id), "the pledge is placed");
        await bench.ConfirmAsync(pledge.Pledge.Id);
        LifeBench.AssertConflict(await bench.WriteOffAsync(pledge.Pledge.Id, "10.01"), "Only 10.00 is committed");
        Assert.Equal(PledgeStatus.Withdrawn, (await bench.WriteOffAsync(pledge.Pledge.Id)).Value.Status);
        await bench.AssertProvedAsync();
    }

    [Fact]
    public async Task What_is_proposed_beside_it_and_too_little_for_a_part_of_its_own_is_released()
    {
        await bench.Forum.ProjectAsync("farm", TestForum.Money("main", 196));
        var id = (await bench.Forum.PlaceAsync(TestForum.Pledge("rome", 200, "EUR", Areas.Youth) with { SmallestPart = 45 }, "k")).Pledge.Id;
        await bench.ConfirmAsync(id);
        await bench.Forum.ProjectAsync("farm", TestForum.Money("main", 300));
        await bench.Forum.SettleAsync();
        Assert.Equal(4, (await bench.Forum.BalanceAsync(id)).Proposed);
        var written = (await bench.WriteOffAsync(id, "1.96")).Value;
        Assert.Equal((0, 4, 196), (written.Proposed, written.Unallocated, written.WrittenOff));
        await bench.Forum.SettleAsync();
        Assert.Equal((0, 4), (await bench.FilledAsync(), (await bench.Forum.BalanceAsync(id)).Unallocated));
        await bench.AssertProvedAsync();
    }

    [Fact]
    public async Task Of_what_was_received_and_written_off_nothing_is_left_to_withdraw()
    {
        await bench.Forum.ProjectAsync("farm", TestForum.Money("main", 1_000));
        var pledge = await bench.PledgeAsync(1_000, Areas.Youth);
        await bench.ConfirmAsync(pledge.Pledge.Id);
        await bench.ReceiveAsync(pledge.Pledge.Id, "4.00");
        await bench.WriteOffAsync(pledge.Pledge.Id);
        LifeBench.AssertConflict(await bench.WithdrawAsync(pledge.Pledge.Id), "Nothing is left to withdraw: the pledge is fulfilled. What has been received stays");
    }

    [Fact]
    public async Task What_another_wrote_off_at_the_same_moment_is_not_written_off_again_and_the_answer_says_so()
    {
        await bench.Forum.ProjectAsync("farm", TestForum.Money("main", 1_000));
        var pledge = (await bench.PledgeAsync(1_000, Areas.Youth)).Pledge.Id;
        await bench.ConfirmAsync(pledge);
        bench.Lose("written-off");
        await Assert.ThrowsAsync<TimeoutException>(() => WriteOffAsync("late"));
        bench.Forum.Tables.BeforeCommit = null;
        Assert.Equal(1_000, (await bench.WriteOffAsync(pledge)).Value.WrittenOff);
        for (var i = 0; i < 2; i++) LifeBench.AssertConflict(await WriteOffAsync("late"), "nothing was written off");
        Assert.Single((await bench.Forum.Reader.HistoryAsync(Areas.Youth, pledge, TestForum.Stop)), entry => entry.Kind == "written-off");
        await bench.AssertProvedAsync();

        Task<Outcome<PledgeBalance>> WriteOffAsync(string key)
            => bench.Forum.Commands.WriteOffAsync(pledge, new WriteOffRequest(null, null, "insolvent"), key, Caller.System, TestForum.Stop);
    }

    [Fact]
    public async Task A_crash_before_it_is_noted_as_done_is_gone_on_with()
    {
        await bench.Forum.ProjectAsync("farm", TestForum.Money("main", 1_000));
        var pledge = (await bench.PledgeAsync(1_000, Areas.Youth)).Pledge.Id;
        await bench.ConfirmAsync(pledge);
        bench.Forum.Tables.BeforeCommit = (table, changes) => table == TableNames.Commands && changes.Any(change => change.Row.Body.Contains("\"done\":true", StringComparison.Ordinal))
            ? throw new TimeoutException("lost") : Task.CompletedTask;
        await Assert.ThrowsAsync<TimeoutException>(() => WriteOffAsync());
        bench.Forum.Tables.BeforeCommit = null;
        for (var i = 0; i < 2; i++) Assert.Equal(400, (await WriteOffAsync()).Value.WrittenOff);
        await bench.AssertProvedAsync();

        Task<Outcome<PledgeBalance>> WriteOffAsync()
            => bench.Forum.Commands.WriteOffAsync(pledge, new WriteOffRequest(null, new StatedAmount("amount", "4.00"), "insolvent"), "once", Caller.System, TestForum.Stop);
    }

    [Fact]
    public async Task Whoever_looks_after_the_partner_may_not()
    {
        await bench.Forum.ProjectAsync("farm", TestForum.Money("main", 1_000));
        var pledge = await bench.PledgeAsync(1_000, Areas.Youth);
        var own = new Caller("rome", Role.Fundraiser, ["rome"], [], []);
        var refused = await bench.Forum.Commands.WriteOffAsync(pledge.Pledge.Id, new WriteOffRequest(null, null, "gone"), "w", own, TestForum.Stop);
        Assert.Equal(RefusalKind.Forbidden, refused.Refusal!.Kind);
    }
}
