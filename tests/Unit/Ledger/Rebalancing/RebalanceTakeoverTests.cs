using FundingFlow.Ledger.Rebalancing;
using FundingFlow.Pledges;
using FundingFlow.Projects;
using FundingFlow.Storage;
using FundingFlow.Tests.Simulation;
using FundingFlow.Validation;

namespace FundingFlow.Tests.Unit.Ledger.Rebalancing;

/// <summary>Who runs a rebalance when several would, or nobody does any more.</summary>
public class RebalanceTakeoverTests
{
    private readonly RebalanceBook book = new();

    private TestForum Forum => book.Forum;

    [Fact]
    public async Task What_the_ledger_refuses_again_and_again_is_a_fault_and_not_another_worker()
    {
        await FillAsync();
        Forum.Tables.BeforeCommit = (table, _) => table == TableNames.Ledger ? throw new StoreConflictException(ConflictKind.Changed, -1) : Task.CompletedTask;
        await Assert.ThrowsAsync<StoreConflictException>(() => RunAsync("now"));
        await Assert.ThrowsAsync<StoreConflictException>(ResumeAsync);
        Forum.Tables.BeforeCommit = null;
        await ResumeAsync();
        Assert.Equal((RebalanceStatus.Done, 2), await StateAsync());
    }

    [Fact]
    public async Task One_that_always_fails_ends_as_failed_and_lets_others_run()
    {
        await FillAsync();
        Forum.Tables.BeforeCommit = (table, _) => table == TableNames.Ledger ? throw new StoreConflictException(ConflictKind.Changed, -1) : Task.CompletedTask;
        for (var i = 0; i < 5; i++) await Assert.ThrowsAsync<StoreConflictException>(() => RunAsync("now"));
        Forum.Tables.BeforeCommit = null;
        Assert.Equal(RebalanceStatus.Failed, (await RunAsync("now")).Value.Status);
        await book.RebalanceToTheOptimumAsync("next");
    }

    [Fact]
    public async Task One_that_fell_silent_without_a_message_is_gone_on_with_when_another_is_asked_for()
    {
        await FillAsync();
        var faults = new Faults(Forum);
        faults.Arm(Fault.CrashAfter, 4);
        await Assert.ThrowsAsync<SimulatedFaultException>(() => RunAsync("now"));
        faults.Arm(null, 0);
        Forum.Restart();
        // As long as somebody may be at it, nobody else is asked to.
        Assert.Equal(RefusalKind.Conflict, (await RunAsync("other")).Refusal!.Kind);
        Assert.Equal(1, await Forum.Queues.CountAsync(QueueNames.RebalancesToRun, RebalanceBook.Stop));
        Forum.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.NotNull(Forum.Queues.TryReceive(QueueNames.RebalancesToRun));
        Assert.Equal(RefusalKind.Conflict, (await RunAsync("other")).Refusal!.Kind);
        await ResumeAsync();
        Assert.Equal((RebalanceStatus.Done, 2), await StateAsync());
        Assert.Equal(RebalanceStatus.Done, (await RunAsync("other")).Value.Status);
    }

    [Fact]
    public async Task Of_two_calls_with_one_key_that_come_at_once_one_runs_it_and_both_answer_it()
    {
        await FillAsync();
        var (isMoving, moves) = (new TaskCompletionSource(), 0);
        Task<Outcome<RebalanceDocument>>? first = null;
        RebalanceDocument? answer = null;
        Forum.Tables.BeforeCommit = async (table, changes) =>
        {
            if (table == TableNames.Ledger) moves++;
            // Both have found none. The other records it, plans it, and is about to move when this one goes on.
            if (first is null && changes[0].Row.Key == "rebalance") await isMoving.Task;
        };
        Forum.Tables.AfterCommit = async (_, written) =>
        {
            if (answer is not null || written[0].Row.Key != "rebalance" || Wire.Read<RebalanceDocument>(written[0].Row).Status != RebalanceStatus.Moving) return;
            isMoving.SetResult();
            answer = (await first!).Value;
            Assert.Equal((RebalanceStatus.Moving, 0), (answer.Status, moves));
        };
        first = RunAsync("now");
        Forum.Switch();
        var second = (await RunAsync("now")).Value;
        Assert.Equal((answer!.Id, RebalanceStatus.Done, 2), (second.Id, second.Status, second.Moved));
        Assert.True(moves > 0);
        await book.AuditAsync();
    }

    [Fact]
    public async Task Whoever_plans_too_long_writes_nothing_over_what_another_has_moved()
    {
        await FillAsync();
        var overtaken = false;
        Forum.Tables.BeforeCommit = async (table, changes) =>
        {
            if (overtaken || table != TableNames.Rebalances || !changes.Any(change => change.Row.Key.StartsWith("step|", StringComparison.Ordinal))) return;
            overtaken = true;
            Forum.Clock.Advance(TimeSpan.FromMinutes(6));
            Forum.Switch();
            await ResumeAsync();
            Forum.Switch();
        };
        var answer = await RunAsync("now");
        Assert.Equal((true, RebalanceStatus.Done, 2), (overtaken, answer.Value.Status, answer.Value.Moved));
        Assert.All(await book.StepRowsAsync(answer.Value).ToListAsync(RebalanceBook.Stop), step => Assert.True(step.Done));
        Assert.Equal(2, (await book.MovesAsync(answer.Value)).Count);
        await book.AuditAsync();
    }

    /// <summary>Two moves: one pledge gives way to another.</summary>
    private async Task FillAsync()
    {
        await Forum.ProjectAsync("farm", TestForum.Money("main", 1000));
        await Forum.ProjectAsync("school", TestForum.Money("main", 1000) with { City = "lima" });
        await book.PledgeAsync("rome", 1000, "a", areas: Areas.Youth);
        await book.PledgeAsync("bern", 1000, "b", new Earmark([], [], ["RW"]), areas: Areas.Youth);
    }

    private Task<Outcome<RebalanceDocument>> RunAsync(string key) => Forum.Get<Rebalances>().RunAsync(key, false, "staff", RebalanceBook.Stop);

    /// <summary>As the queue's trigger does with the next message, once it is time for it; it comes again when its worker fails.</summary>
    private async Task ResumeAsync()
    {
        for (var minute = 0; minute < 7; minute++)
        {
            if (Forum.Queues.TryReceive(QueueNames.RebalancesToRun) is { } message)
            {
                try
                {
                    await Forum.Get<Rebalances>().ResumeAsync(Wire.Read<RunRebalance>(message.Body).Id, RebalanceBook.Stop);
                }
                catch (StoreConflictException)
                {
                    await Forum.Queues.SendAsync(QueueNames.RebalancesToRun, message.Body, RebalanceBook.Stop);
                    throw;
                }

                return;
            }

            Forum.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Fail("No message asks for it.");
    }

    /// <summary>Of the only one.</summary>
    private async Task<(RebalanceStatus Status, int Moved)> StateAsync()
    {
        var rows = await Forum.Tables.PageAsync(TableNames.Rebalances, null, 100, null, RebalanceBook.Stop);
        var row = Wire.Read<RebalanceDocument>(rows.Rows.Single(row => row.Key == "rebalance"));
        return (row.Status, row.Moved);
    }
}
