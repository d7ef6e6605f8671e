using FundingFlow.Access;
using FundingFlow.Ledger;
using FundingFlow.Pledges;
using FundingFlow.Projects;
using FundingFlow.Storage;
using FundingFlow.Tests.Simulation;

namespace FundingFlow.Tests.Unit.Ledger;

/// <summary>Invocations that come at the same time share transactions, and nothing else: not their failures, not their cancellations.</summary>
public class GroupCommitTests
{
    private readonly TestForum forum = new();
    private readonly TaskCompletionSource held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int commits;

    [Fact]
    public async Task Lines_that_come_while_a_transaction_is_under_way_go_together_in_the_next()
    {
        var messages = await MessagesAsync(21);

        var all = IngestAll(messages);
        held.SetResult();
        await Task.WhenAll(all);

        Assert.Equal(2, commits);
        Assert.Equal(2_100, (await forum.PositionAsync(Areas.Youth, "farm", "main")).Proposed);
        await forum.AssertBooksAsync();
    }

    [Fact]
    public async Task A_caller_that_gives_up_keeps_no_line_from_its_place_not_even_its_own()
    {
        var messages = await MessagesAsync(6);
        using var giveUp = new CancellationTokenSource();

        var first = forum.Get<PledgeIngestion>().IngestAsync(messages[0], giveUp.Token);
        var second = forum.Get<PledgeIngestion>().IngestAsync(messages[1], giveUp.Token);
        var others = IngestAll(messages[2..]);
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        held.SetResult();
        await Task.WhenAll(others);

        Assert.Equal(600, (await forum.PositionAsync(Areas.Youth, "farm", "main")).Proposed);
        await Task.WhenAll(IngestAll(messages));
        Assert.Equal(600, (await forum.PositionAsync(Areas.Youth, "farm", "main")).Proposed);
        await forum.AssertBooksAsync();
    }

    [Fact]
    public async Task A_line_that_cannot_be_written_fails_its_own_caller_and_nobody_else()
    {
        var messages = await MessagesAsync(8);
        var bad = Wire.Read<PledgesSubmitted>(messages[5]).Pledges[0].Id;
        var refuse = forum.Tables.BeforeCommit!;
        forum.Tables.BeforeCommit = async (table, changes) =>
        {
            await refuse(table, changes);
            if (table == TableNames.Ledger && changes.Any(change => change.Row.Key == LedgerKeys.Line(bad))) throw new InvalidOperationException("This line is refused.");
        };

        var all = IngestAll(messages);
        held.SetResult();
        var outcomes = await Task.WhenAll(all.Select(task => Record.ExceptionAsync(() => task).AsTask()));

        Assert.Equal([5], Enumerable.Range(0, 8).Where(i => outcomes[i] is not null));
        Assert.Equal("This line is refused.", outcomes[5]!.Message);
        Assert.Equal(700, (await forum.PositionAsync(Areas.Youth, "farm", "main")).Proposed);
    }

    [Fact]
    public async Task Where_another_worker_changed_the_needs_they_are_read_again_and_the_lines_placed_anew()
    {
        var messages = await MessagesAsync(13);
        var all = IngestAll(messages);
        forum.Switch();
        // The held commit is past its reading: this one overtakes it.
        forum.Tables.BeforeCommit = null;
        await forum.PlaceAsync(TestForum.Pledge("rome", 50, "EUR", Areas.Youth), "overtakes");
        forum.Switch();
        held.SetResult();
        await Task.WhenAll(all);

        Assert.Equal(1_350, (await forum.PositionAsync(Areas.Youth, "farm", "main")).Proposed);
        await forum.AssertBooksAsync();
    }

    private List<Task> IngestAll(IEnumerable<string> messages)
        => [.. messages.Select(message => forum.Get<PledgeIngestion>().IngestAsync(message, TestForum.Stop))];

    /// <summary>Messages of pledges to one need; the first change of the books then waits for <see cref="held"/>.</summary>
    private async Task<List<string>> MessagesAsync(int count)
    {
        forum.Partner("rome");
        await forum.ProjectAsync("farm", TestForum.Money("main", 1_000_000));
        await forum.SettleAsync();
        var messages = new List<string>();
        for (var i = 0; i < count; i++)
        {
            await forum.Get<IPledgeIntake>().SubmitAsync(TestForum.Pledge("rome", 100, "EUR", Areas.Youth), $"p{i}", Caller.System, TestForum.Stop);
            messages.Add(forum.Queues.TryReceive(QueueNames.PledgesSubmitted)!.Body);
        }

        forum.Tables.BeforeCommit = (table, _) => table == TableNames.Ledger && ++commits == 1 ? held.Task : Task.CompletedTask;
        return messages;
    }
}
