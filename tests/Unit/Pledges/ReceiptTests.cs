using FundingFlow.Ledger;
using FundingFlow.Pledges;
using FundingFlow.Tests.Simulation;

namespace FundingFlow.Tests.Unit.Pledges;

public sealed class ReceiptTests
{
    private readonly PaidForum paid = new();

    [Fact]
    public async Task A_hundred_in_three_over_three_allocations_settles_instalment_by_instalment_without_a_unit_astray()
    {
        await paid.CommitAsync("EUR", [3334, 3333, 3333], 3334, 3333, 3333);
        // 33.34 × 33.34 %, 33.33 % and 33.33 %: 11.115…, 11.112… and 11.112…
        var first = await paid.ReceiveAsync("33.34");
        Assert.Equal(3334, first.Received);
        Assert.All(PaidForum.Received(first), minor => Assert.InRange(minor, 1111, 1112));
        Assert.Equal(["0.00 33.34 0.00 Settled", "33.33 0.00 0.00 Upcoming", "33.33 0.00 0.00 Upcoming"], await paid.InstalmentsAsync());
        await paid.ReceiveAsync("33.33");
        var last = await paid.ReceiveAsync("33.33");
        Assert.Equal([3334, 3333, 3333], PaidForum.Received(last));
        Assert.Equal(PledgeStatus.Fulfilled, last.Status);
        Assert.Empty(await paid.DifferencesAsync());
    }

    [Fact]
    public async Task Part_of_an_instalment_goes_to_its_allocations_by_largest_remainder_and_what_is_above_it_to_the_next()
    {
        await paid.CommitAsync("JPY", [50, 50], 34, 33, 33);
        // Of 34 yen each need is owed 17.
        Assert.Equal([8, 7], PaidForum.Received(await paid.ReceiveAsync("15")));
        Assert.Equal(["19 15 0 Upcoming", "33 0 0 Upcoming", "33 0 0 Upcoming"], await paid.InstalmentsAsync());
        // 19 more settle January; of the 33 yen of February 17 and 16 are owed, so 6 are 3 and 3.
        Assert.Equal([20, 20], PaidForum.Received(await paid.ReceiveAsync("25")));
        Assert.Equal(["0 34 0 Settled", "27 6 0 Upcoming", "33 0 0 Upcoming"], await paid.InstalmentsAsync());
    }

    [Fact]
    public async Task Thousandths_of_a_dinar_are_split_as_they_are_owed()
    {
        await paid.CommitAsync("KWD", [400, 600], 334, 333, 333);
        Assert.Equal([134, 200], PaidForum.Received(await paid.ReceiveAsync("0.334")));
        Assert.Equal([267, 400], PaidForum.Received(await paid.ReceiveAsync("0.333")));
        Assert.Equal([400, 600], PaidForum.Received(await paid.ReceiveAsync("0.333")));
    }

    [Fact]
    public async Task What_is_not_paid_by_its_day_is_overdue_until_it_comes()
    {
        await paid.CommitAsync("EUR", [6000, 4000], 6000, 4000);
        paid.Forum.Clock.Advance(new DateTimeOffset(2027, 2, 15, 12, 0, 0, TimeSpan.Zero) - paid.Forum.Clock.GetUtcNow());
        Assert.Equal(["60.00 0.00 0.00 Overdue", "40.00 0.00 0.00 Due"], await paid.InstalmentsAsync());
        await paid.ReceiveAsync("60.00");
        Assert.Equal(["0.00 60.00 0.00 Settled", "40.00 0.00 0.00 Due"], await paid.InstalmentsAsync());
    }

    [Fact]
    public async Task A_receipt_for_one_allocation_settles_its_own_earliest_and_what_is_above_it_raises_the_pledge()
    {
        var committed = await paid.CommitAsync("EUR", [5000, 5000], 6000, 4000);
        var one = committed.Allocations.Single(part => part.ProjectId == "p1").Id;
        await paid.ReceiveAsync("35.00", one);
        // Of its 50, 30 are of January and 20 of February.
        Assert.Equal(["30.00 30.00 0.00 Upcoming", "35.00 5.00 0.00 Upcoming"], await paid.InstalmentsAsync());
        // The other allocation owes all of what is left of January.
        Assert.Equal([3000, 3500], PaidForum.Received(await paid.ReceiveAsync("30.00")));
        var over = await paid.ReceiveAsync("17.00", one);
        Assert.Equal([3000, 5000], PaidForum.Received(over));
        Assert.Equal((200, 10_200), (over.Unallocated, over.Pledged));
        var receipt = (await paid.ViewAsync()).Receipts![2];
        Assert.Equal(("17.00", "2.00", "15.00"), (receipt.Amount, receipt.Increase, Assert.Single(receipt.Parts).Amount));
        Assert.Empty(await paid.DifferencesAsync());
    }

    [Fact]
    public async Task Only_part_of_a_pledge_that_is_committed_owes_that_part_of_each_instalment()
    {
        await paid.CommitAsync("EUR", [5000], 5000);
        await paid.Forum.ProjectAsync("q", TestForum.Money("main", 2_000));
        var pledge = TestForum.Pledge("rome", 10_000, "EUR", FundingFlow.Projects.Areas.Youth) with { Schedule = [new(PaidForum.January, 6_000), new(PaidForum.January.AddMonths(1), 4_000)] };
        var id = (await paid.Forum.PlaceAsync(pledge, "half")).Pledge.Id;
        await paid.Forum.Commands.ConfirmAsync(id, null, "c", FundingFlow.Access.Caller.System, TestForum.Stop);
        var view = (await paid.Forum.Get<PledgeQueries>().GetAsync(id, FundingFlow.Access.Caller.System, TestForum.Stop)).Value.View;
        // 20 of 100 are committed: 12 of the 60 and 8 of the 40; the rest is outstanding.
        Assert.Equal([("12.00", "48.00"), ("8.00", "32.00")], view.Instalments.Select(due => (due.Committed, due.Outstanding)));
    }

    [Fact]
    public async Task What_is_confirmed_under_a_condition_is_paid_after_what_is_committed_and_before_an_increase()
    {
        await paid.CommitUnderConditionAsync();
        Assert.Equal(["p0 2500", "p1 0"], ReceivedByProject(await paid.ReceiveAsync("25.00")));
        var over = await paid.ReceiveAsync("26.00");
        Assert.Equal(["p0 3000", "p1 2000"], ReceivedByProject(over));
        Assert.Equal((100, 0), (over.Unallocated, over.Conditional));
        Assert.Empty(await paid.DifferencesAsync());

        // Back to where each unit came from.
        var back = (await paid.ReverseAsync(1)).Value;
        Assert.Equal((500, 2000, 2500, 0), (back.Committed, back.Conditional, back.Received, back.Unallocated));
        Assert.Empty(await paid.DifferencesAsync());
    }

    private static IEnumerable<string> ReceivedByProject(PledgeBalance balance)
        => balance.Allocations.GroupBy(part => part.ProjectId).OrderBy(project => project.Key).Select(project => $"{project.Key} {project.Sum(part => part.Received.Minor)}");

    [Fact]
    public async Task After_a_withdrawal_what_came_settled_the_schedule_from_its_beginning_and_nothing_more_is_due()
    {
        await paid.CommitAsync("EUR", [5000, 5000], 6000, 4000);
        await paid.ReceiveAsync("70.00");
        var left = (await paid.Forum.Commands.WithdrawAsync(paid.Id, "w", FundingFlow.Access.Caller.System, TestForum.Stop)).Value;
        Assert.Equal((7000, 3000, 0), (left.Received, left.Withdrawn, left.Committed));
        Assert.Equal(["0.00 60.00 0.00 Settled", "0.00 10.00 0.00 Settled"], await paid.InstalmentsAsync());
        Assert.Equal(FundingFlow.Validation.RefusalKind.Conflict, (await paid.TryReceiveAsync("1.00")).Refusal!.Kind);
    }

    [Fact]
    public async Task The_same_amount_written_otherwise_is_the_same_receipt()
    {
        await paid.CommitAsync("EUR", [5000]);
        foreach (var text in new[] { "15.00", "15", "015.0" }) Assert.Equal(1_500, (await paid.ReceiveAsync(text, key: "once")).Received);
        Assert.Contains("other content", (await paid.TryReceiveAsync("15.01", key: "once")).Refusal!.Detail, StringComparison.Ordinal);
        Assert.Empty(await paid.DifferencesAsync());
    }

    [Fact]
    public async Task Where_nothing_is_owed_the_answer_says_what_can_be_done()
    {
        var one = (await paid.CommitAsync("EUR", [5000, 3000])).Allocations.Single(part => part.ProjectId == "p0").Id;
        await paid.ReceiveAsync("50.00", one);
        LifeBench.AssertConflict(await paid.TryReceiveAsync("1.00", one), "Leave out allocationId");
        await paid.ReceiveAsync("30.00");
        LifeBench.AssertConflict(await paid.TryReceiveAsync("1.00"), "the pledge is fulfilled. For what came all the same submit a pledge of its own");
    }

    [Theory]
    [InlineData(5_000, 4_000, 0, null)]
    [InlineData(1_000, 1_000, 3_000, Standing.ReceivedAfterWithdrawal)]
    public async Task A_receipt_that_a_withdrawal_overtook_stays_at_its_need_as_far_as_there_is_room(long required, long received, long stands, string? why)
    {
        await paid.CommitAsync("EUR", [5000], 5000);
        paid.Forum.Tables.BeforeCommit = (table, _) => table == FundingFlow.Storage.TableNames.Ledger ? throw new TimeoutException("lost") : Task.CompletedTask;
        await Assert.ThrowsAsync<TimeoutException>(() => paid.TryReceiveAsync("40.00", key: "late"));
        paid.Forum.Tables.BeforeCommit = null;
        await paid.Forum.Commands.WithdrawAsync(paid.Id, "w", FundingFlow.Access.Caller.System, TestForum.Stop);
        await paid.Forum.ProjectAsync("p0", TestForum.Money("main", required));

        var late = await paid.ReceiveAsync("40.00", key: "late");
        Assert.Equal((5_000, received, stands), (late.Withdrawn, late.Received, late.Unallocated));
        Assert.Equal(why, Assert.Single(late.Lines).Standing);
        await paid.Forum.SettleAsync();
        Assert.Equal(stands, (await paid.Forum.BalanceAsync(paid.Id)).Unallocated);
        Assert.Empty(await paid.DifferencesAsync());

        var back = (await paid.ReverseAsync(0)).Value;
        Assert.Equal((5_000, 0, 0, 5_000), (back.Withdrawn, back.Received, back.Unallocated, back.Pledged));
        Assert.Empty(await paid.DifferencesAsync());
    }
}
