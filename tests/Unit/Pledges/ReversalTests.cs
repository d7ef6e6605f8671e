using FundingFlow.Access;
using FundingFlow.Pledges;
using FundingFlow.Storage;
using FundingFlow.Tests.Simulation;
using FundingFlow.Validation;

namespace FundingFlow.Tests.Unit.Pledges;

public sealed class ReversalTests
{
    private readonly PaidForum paid = new();

    [Fact]
    public async Task What_was_committed_falls_due_again_and_history_keeps_both()
    {
        await paid.CommitAsync("EUR", [3334, 3333, 3333], 3334, 3333, 3333);
        await paid.ReceiveAsync("50.00");
        await paid.ReceiveAsync("30.00");
        var before = await paid.InstalmentsAsync();

        var back = (await paid.ReverseAsync(1)).Value;
        Assert.Equal((5_000, 5_000), (back.Committed, back.Received));
        Assert.Equal(["0.00 33.34 0.00 Settled", "16.67 16.66 0.00 Upcoming", "33.33 0.00 0.00 Upcoming"], await paid.InstalmentsAsync());
        var view = await paid.ViewAsync();
        Assert.Equal([null, "The cheque bounced."], view.Receipts!.Select(receipt => receipt.Reversed?.Reason));
        Assert.Equal(["submitted", "opened", "confirmed", "received", "received", "reversed"], view.History!.Select(entry => entry.What));
        Assert.Empty(await paid.DifferencesAsync());

        await paid.ReceiveAsync("30.00");
        Assert.Equal(before, await paid.InstalmentsAsync());
    }

    [Fact]
    public async Task A_receipt_is_reversed_once_under_whatever_key_and_the_same_request_again_has_one_effect()
    {
        await paid.CommitAsync("EUR", [5000], 5000);
        await paid.ReceiveAsync("20.00");
        Assert.Null((await paid.ReverseAsync(0, "one")).Refusal);
        Assert.Equal(0, (await paid.ReverseAsync(0, "one")).Value.Received);
        Assert.Equal(RefusalKind.Conflict, (await paid.ReverseAsync(0, "two")).Refusal!.Kind);
        Assert.Equal(RefusalKind.Conflict, (await paid.ReverseAsync(0, "one", "Another reason.")).Refusal!.Kind);
        Assert.Equal(RefusalKind.NotFound, (await paid.Forum.Commands.ReverseReceiptAsync(paid.Id, "nothing", "Why not.", "three", Caller.System, TestForum.Stop)).Refusal!.Kind);
        Assert.Single((await paid.ViewAsync()).History!, entry => entry.What == "reversed");
    }

    [Fact]
    public async Task Of_two_reversals_at_once_the_first_is_booked_and_the_other_is_refused_however_often_it_is_sent()
    {
        await paid.CommitAsync("EUR", [5000], 5000);
        await paid.ReceiveAsync("20.00");
        paid.Forum.Tables.BeforeCommit = async (table, _) =>
        {
            if (table != TableNames.Commands) return;
            paid.Forum.Tables.BeforeCommit = null;
            Assert.Null((await paid.ReverseAsync(0, "first")).Refusal);
        };
        Assert.Equal(RefusalKind.Conflict, (await paid.ReverseAsync(0, "second")).Refusal!.Kind);
        Assert.Equal(RefusalKind.Conflict, (await paid.ReverseAsync(0, "second")).Refusal!.Kind);
        Assert.Equal((5_000, 0), ((await paid.Forum.BalanceAsync(paid.Id)).Committed, (await paid.Forum.BalanceAsync(paid.Id)).Received));
        Assert.Empty(await paid.DifferencesAsync());
    }

    [Fact]
    public async Task An_increase_goes_while_it_is_unallocated_or_proposed()
    {
        await paid.CommitAsync("EUR", [5000], 5000);
        await paid.ReceiveAsync("62.00");
        await paid.Forum.ProjectAsync("next", TestForum.Money("main", 700));
        await paid.Forum.SettleAsync();
        var raised = await paid.Forum.BalanceAsync(paid.Id);
        Assert.Equal((6_200, 500, 700), (raised.Pledged, raised.Unallocated, raised.Proposed));
        var back = (await paid.ReverseAsync(0)).Value;
        Assert.Equal((5_000, 0, 0, 5_000), (back.Pledged, back.Unallocated, back.Proposed, back.Committed));
        Assert.Equal(0, (await paid.Forum.PositionAsync(FundingFlow.Projects.Areas.Youth, "next", "main")).Proposed);
        Assert.Empty(await paid.DifferencesAsync());
    }

    [Fact]
    public async Task An_increase_that_was_confirmed_keeps_its_receipt_and_the_answer_says_why()
    {
        await paid.CommitAsync("EUR", [5000], 5000);
        await paid.ReceiveAsync("62.00");
        await paid.Forum.ProjectAsync("next", TestForum.Money("main", 700));
        await paid.Forum.SettleAsync();
        await paid.Forum.Commands.ConfirmAsync(paid.Id, null, "again", Caller.System, TestForum.Stop);
        var refused = (await paid.ReverseAsync(0)).Refusal!;
        Assert.Equal(RefusalKind.Conflict, refused.Kind);
        Assert.Contains("raised the pledge by 12.00 EUR in 'youth', of which only 5.00 EUR is still unallocated or proposed", refused.Detail, StringComparison.Ordinal);
        Assert.Equal(5_000, (await paid.Forum.BalanceAsync(paid.Id)).Received);
    }

    [Fact]
    public async Task After_a_withdrawal_it_is_withdrawn_also_where_all_had_been_received()
    {
        await paid.CommitAsync("EUR", [3000, 2000], 3000, 2000);
        await paid.ReceiveAsync("10.00");
        await paid.Forum.Commands.WithdrawAsync(paid.Id, "w", Caller.System, TestForum.Stop);
        var back = (await paid.ReverseAsync(0)).Value;
        Assert.Equal((5_000, 0, 0, PledgeStatus.Withdrawn), (back.Withdrawn, back.Committed, back.Received, back.Status));
        Assert.Empty(back.Allocations);
        Assert.Equal(["0.00 0.00 0.00 Released", "0.00 0.00 0.00 Released"], await paid.InstalmentsAsync());
        Assert.Empty(await paid.DifferencesAsync());
    }

    [Fact]
    public async Task What_the_city_acknowledged_is_void_and_can_be_acknowledged_again()
    {
        var committed = await paid.CommitAsync("EUR", [5000], 5000);
        var part = Assert.Single(committed.Allocations).Id;
        await paid.ReceiveAsync("20.00");
        Assert.NotNull(Assert.Single((await paid.Forum.Commands.AcknowledgeAsync(part, Caller.System, TestForum.Stop)).Value.Allocations).AcknowledgedAt);
        var back = (await paid.ReverseAsync(0)).Value;
        Assert.Null(Assert.Single(back.Allocations).AcknowledgedAt);
        Assert.Contains("that is void", (await paid.ViewAsync()).History![^1].Note, StringComparison.Ordinal);
        Assert.Equal(RefusalKind.Conflict, (await paid.Forum.Commands.AcknowledgeAsync(part, Caller.System, TestForum.Stop)).Refusal!.Kind);
        await paid.ReceiveAsync("20.00");
        Assert.NotNull(Assert.Single((await paid.Forum.Commands.AcknowledgeAsync(part, Caller.System, TestForum.Stop)).Value.Allocations).AcknowledgedAt);
    }

    [Fact]
    public async Task A_reversal_that_was_interrupted_is_gone_on_with()
    {
        await paid.CommitAsync("EUR", [5000], 5000);
        await paid.ReceiveAsync("20.00");
        paid.Forum.Tables.BeforeCommit = (table, _) => table == TableNames.Ledger ? throw new TimeoutException("lost") : Task.CompletedTask;
        await Assert.ThrowsAsync<TimeoutException>(() => paid.ReverseAsync(0));
        paid.Forum.Tables.BeforeCommit = null;
        paid.Forum.Restart();
        paid.Forum.Clock.Advance(TimeSpan.FromMinutes(30));
        await paid.Forum.Get<Sweep>().RunAsync(TestForum.Stop);
        Assert.Equal(0, (await paid.Forum.BalanceAsync(paid.Id)).Received);
        Assert.Empty(await paid.DifferencesAsync());
    }

    [Fact]
    public async Task The_auditor_finds_a_receipt_booked_above_its_plan_one_that_nobody_recorded_and_a_reversal_that_is_not_noted()
    {
        await paid.CommitAsync("EUR", [5000], 5000);
        await paid.ReceiveAsync("20.00");
        await paid.ReverseAsync(0);
        await paid.ChangeCommandAsync("receipt", command => command with { ReversedBy = null });
        Assert.Contains(await paid.DifferencesAsync(), text => text.EndsWith("the journal undoes it, though no reversal is noted with it.", StringComparison.Ordinal));
        await paid.ChangeCommandAsync("receipt", command => command with { Parts = [command.Parts[0] with { Minor = 1_000 }] });
        Assert.Contains(await paid.DifferencesAsync(), text => text.EndsWith("the journal books 2000 under it, expected 1000.", StringComparison.Ordinal));
        await paid.ChangeCommandAsync("receipt", _ => null);
        var lost = await paid.DifferencesAsync();
        Assert.Contains(lost, text => text.EndsWith("books a receipt or undoes one, and no command of that name was recorded.", StringComparison.Ordinal));
        Assert.Contains(lost, text => text.EndsWith("which was never recorded.", StringComparison.Ordinal));
    }
}
