using FundingFlow.Access;
using FundingFlow.Ledger;
using FundingFlow.Pledges;
using FundingFlow.Projects;
using FundingFlow.Storage;
using FundingFlow.Tests.Simulation;

namespace FundingFlow.Tests.Unit.Ledger;

/// <summary>Interleavings that a reading of the code found to be possible; each once broke, or would have broken, the books.</summary>
public class BooksUnderStrainTests
{
    [Fact]
    public async Task One_statement_that_lowers_two_needs_of_the_same_pledge_loses_no_unit()
    {
        var forum = await ForumAsync(TestForum.Money("a", 1_000), TestForum.Money("b", 1_000));
        var pledge = await forum.PlaceAsync(TestForum.Pledge("rome", 2_000, "EUR", Areas.Youth), "k1");
        await forum.ProjectAsync("farm", TestForum.Money("a", 500), TestForum.Money("b", 500));
        var balance = await forum.BalanceAsync(pledge.Pledge.Id);
        Assert.Equal((1_000, 1_000), (balance.Proposed, balance.Unallocated));
        await forum.AssertBooksAsync();
    }

    [Fact]
    public async Task What_others_change_most_is_first_in_a_transaction_so_that_who_is_late_is_refused_at_once()
    {
        var forum = await ForumAsync(TestForum.Money("a", 1_000), TestForum.Money("b", 1_000));
        var kinds = new List<string>();
        forum.Tables.BeforeCommit = (table, changes) =>
        {
            if (table == TableNames.Ledger) kinds.AddRange(changes.Select(change => change.Row.Key[..(change.Row.Key.IndexOf('|', StringComparison.Ordinal) + 1)]));
            return Task.CompletedTask;
        };
        await forum.PlaceAsync(TestForum.Pledge("rome", 2_000, "EUR", Areas.Youth), "k1");
        Assert.Equal([LedgerKeys.PositionPrefix, LedgerKeys.PositionPrefix, LedgerKeys.LinePrefix], kinds[..3]);
        Assert.DoesNotContain(LedgerKeys.PositionPrefix, kinds[3..]);
    }

    [Fact]
    public async Task A_need_can_be_removed_and_then_another_lowered()
    {
        var forum = await ForumAsync(TestForum.Money("a", 1_000), TestForum.Money("b", 1_000));
        await forum.PlaceAsync(TestForum.Pledge("rome", 2_000, "EUR", Areas.Youth), "k1");
        await forum.ProjectAsync("farm", TestForum.Money("a", 1_000));
        await forum.ProjectAsync("farm", TestForum.Money("a", 400));
        Assert.Equal((400, 400), ((await forum.PositionAsync(Areas.Youth, "farm", "a")).Required, (await forum.PositionAsync(Areas.Youth, "farm", "a")).Filled));
        await forum.AssertBooksAsync();
    }

    [Fact]
    public async Task A_project_with_more_needs_than_a_transaction_holds_is_stated_and_lowered()
    {
        var forum = await ForumAsync([.. Enumerable.Range(0, 50).Select(i => TestForum.Money($"n{i:D2}", 100))]);
        var pledge = await forum.PlaceAsync(TestForum.Pledge("rome", 5_000, "EUR", Areas.Youth), "k1");
        await forum.ProjectAsync("farm", [.. Enumerable.Range(0, 50).Select(i => TestForum.Money($"n{i:D2}", 40))]);
        Assert.Equal((2_000, 3_000), ((await forum.BalanceAsync(pledge.Pledge.Id)).Proposed, (await forum.BalanceAsync(pledge.Pledge.Id)).Unallocated));
        await forum.AssertBooksAsync();
    }

    [Fact]
    public async Task Tight_pledges_do_not_land_on_needs_that_the_project_no_longer_states()
    {
        var forum = await ForumAsync(TestForum.Money("a", 1_000), TestForum.Money("b", 100));
        await forum.ProjectAsync("farm", TestForum.Money("b", 100));
        var tight = await forum.PlaceAsync(TestForum.Pledge("rome", 500) with { Earmark = new Earmark(["farm"], [], []) }, "k1");
        Assert.Equal(("b", 500), (tight.Allocations.Single().NeedId, tight.Proposed));
        await forum.AssertBooksAsync(mayOverfill: true);
    }

    [Fact]
    public async Task A_stated_value_is_divided_among_the_areas_and_counted_once()
    {
        var forum = new TestForum();
        forum.Partner("bern");
        forum.Rates.Quote("USD", 1.1m);
        await forum.ProjectAsync("farm", TestForum.Money("main", 660_00, currency: "USD"));
        await forum.ProjectAsync("festival", TestForum.Money("main", 440_00, Areas.Culture, currency: "USD"));
        await forum.PlaceAsync(TestForum.Pledge("bern", 1_000_00, "CHF") with { Stated = new StatedValue(1_100_00, "USD") }, "k1");
        Assert.Equal(660_00, (await forum.PositionAsync(Areas.Youth, "farm", "main")).Filled);
        Assert.Equal(440_00, (await forum.PositionAsync(Areas.Culture, "festival", "main")).Filled);
        await forum.AssertBooksAsync();
    }

    [Fact]
    public async Task Unearmarked_units_that_an_area_has_no_room_for_move_on_to_one_that_has()
    {
        var forum = await ForumAsync(TestForum.Money("main", 1_000));
        var first = await forum.PlaceAsync(TestForum.Pledge("rome", 1_000), "k1");
        await forum.ProjectAsync("festival", TestForum.Money("main", 5_000, Areas.Culture));
        await forum.ProjectAsync("farm", TestForum.Money("main", 400));
        await forum.SettleAsync();
        var balance = await forum.BalanceAsync(first.Pledge.Id);
        Assert.Equal((1_000, 0, 0), (balance.Proposed, balance.Unallocated, balance.InTransit));
        Assert.Equal(600, balance.Allocations.Single(part => part.ProjectId == "festival").Proposed.Minor);
        await forum.AssertBooksAsync();
    }

    [Theory]
    [InlineData("moved-in")]
    [InlineData("arrived")]
    public async Task A_withdrawal_reaches_what_a_crash_left_in_transit(string lost)
    {
        var forum = new TestForum();
        forum.Partner("rome");
        var pledge = await forum.PlaceAsync(TestForum.Pledge("rome", 1_000), "k1");
        forum.Tables.BeforeCommit = (_, changes) => changes.Any(change => change.Row.Body.Contains($"\"kind\":\"{lost}\"", StringComparison.Ordinal))
            ? throw new TimeoutException("lost") : Task.CompletedTask;
        await forum.ProjectAsync("farm", TestForum.Money("main", 600));
        await forum.SettleAsync();
        forum.Tables.BeforeCommit = null;
        if (lost == "moved-in") Assert.Equal(600, (await forum.BalanceAsync(pledge.Pledge.Id)).InTransit);
        var withdrawn = await forum.Commands.WithdrawAsync(pledge.Pledge.Id, "w", Caller.System, TestForum.Stop);
        Assert.Equal((1_000, 0, 0, 0), (withdrawn.Value.Withdrawn, withdrawn.Value.Proposed, withdrawn.Value.Unallocated, withdrawn.Value.InTransit));
        await forum.SettleAsync();
        Assert.Equal(0, (await forum.PositionAsync(Areas.Youth, "farm", "main")).Filled);
        await forum.AssertBooksAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Units_that_come_back_before_their_line_is_opened_do_not_stand_in_for_it(bool withdrawn)
    {
        var forum = await ForumAsync(TestForum.Money("main", 600));
        var id = await forum.SubmitAsync(TestForum.Pledge("rome", 1_000), "k1");
        var message = forum.Queues.TryReceive(QueueNames.PledgesSubmitted)!.Body;
        forum.Tables.BeforeCommit = (_, changes) => changes.Any(change => change.Row.Partition == Areas.Any) ? throw new TimeoutException("lost") : Task.CompletedTask;
        await Assert.ThrowsAsync<TimeoutException>(() => forum.Get<PledgeIngestion>().IngestAsync(message, TestForum.Stop));
        forum.Tables.BeforeCommit = null;
        await forum.ProjectAsync("farm", TestForum.Money("main", 100));
        await forum.SettleAsync();
        var between = await forum.BalanceAsync(id);
        Assert.Equal((1_000, 100, 900), (between.Pledged, between.Proposed, between.Unallocated));

        if (withdrawn) await forum.Commands.WithdrawAsync(id, "w", Caller.System, TestForum.Stop);
        await forum.Get<PledgeIngestion>().IngestAsync(message, TestForum.Stop);
        await forum.Get<PledgeIngestion>().IngestAsync(message, TestForum.Stop);
        var balance = await forum.BalanceAsync(id);
        Assert.Equal(withdrawn ? (1_000, 0, 0, 1_000) : (1_000, 100, 900, 0), (balance.Pledged, balance.Proposed, balance.Unallocated, balance.Withdrawn));
        var report = await new FundingFlow.Ledger.Audit.Auditor(forum.Tables, forum.Clock).RunAsync(TestForum.Stop);
        Assert.Empty(report.Differences);
        Assert.Equal(0, report.Counts.Waiting);
        await forum.AssertBooksAsync();
    }

    [Fact]
    public async Task One_key_names_one_command()
    {
        var forum = await ForumAsync(TestForum.Money("main", 1_000));
        var pledge = await forum.PlaceAsync(TestForum.Pledge("rome", 1_000, "EUR", Areas.Youth), "k1");
        await forum.Commands.ConfirmAsync(pledge.Pledge.Id, null, "same", Caller.System, TestForum.Stop);
        var other = await forum.Commands.WithdrawAsync(pledge.Pledge.Id, "same", Caller.System, TestForum.Stop);
        Assert.Equal(FundingFlow.Validation.RefusalKind.Conflict, other.Refusal!.Kind);
        Assert.Equal(1_000, (await forum.BalanceAsync(pledge.Pledge.Id)).Committed);
    }

    [Fact]
    public async Task A_confirmation_that_a_crash_interrupted_binds_only_what_was_seen()
    {
        var forum = await ForumAsync(TestForum.Money("main", 1_000));
        var pledge = await forum.PlaceAsync(TestForum.Pledge("rome", 1_000, "EUR", Areas.Youth), "k1");
        forum.Tables.BeforeCommit = (_, changes) => changes.Any(change => change.Row.Body.Contains("\"kind\":\"confirmed\"", StringComparison.Ordinal))
            ? throw new TimeoutException("lost") : Task.CompletedTask;
        await Assert.ThrowsAsync<TimeoutException>(() => forum.Commands.ConfirmAsync(pledge.Pledge.Id, null, "c", Caller.System, TestForum.Stop));
        forum.Tables.BeforeCommit = null;
        await forum.ProjectAsync("school", TestForum.Money("main", 1_000));
        await forum.PlaceAsync(TestForum.Pledge("rome", 1_000) with { Earmark = new Earmark(["farm"], [], []) }, "k2");
        Assert.Equal("school", (await forum.BalanceAsync(pledge.Pledge.Id)).Allocations.Single().ProjectId);
        forum.Clock.Advance(TimeSpan.FromMinutes(2));
        await forum.Get<Sweep>().RunAsync(TestForum.Stop);
        Assert.Equal((0, 1_000), ((await forum.BalanceAsync(pledge.Pledge.Id)).Committed, (await forum.BalanceAsync(pledge.Pledge.Id)).Proposed));
        await forum.AssertBooksAsync();
    }

    [Fact]
    public async Task The_sweep_finds_a_pledge_whose_message_was_lost_and_clears_what_is_done()
    {
        var forum = await ForumAsync(TestForum.Money("main", 1_000));
        var id = await forum.SubmitAsync(TestForum.Pledge("rome", 1_000, "EUR", Areas.Youth), "k1");
        Assert.NotNull(forum.Queues.TryReceive(QueueNames.PledgesSubmitted));
        await forum.Get<Sweep>().RunAsync(TestForum.Stop);
        Assert.Null(forum.Queues.TryReceive(QueueNames.PledgesSubmitted));
        forum.Clock.Advance(SubmittedLog.Grace);
        await forum.Get<Sweep>().RunAsync(TestForum.Stop);
        await forum.SettleAsync();
        Assert.Equal(PledgeStatus.Placed, (await forum.BalanceAsync(id)).Status);
        await forum.Get<Sweep>().RunAsync(TestForum.Stop);
        Assert.Empty((await forum.Tables.PageAsync(TableNames.Submitted, null, 10, null, TestForum.Stop)).Rows);
    }

    [Theory]
    [InlineData("{\"v\":1,\"bucket\":\"b\",\"pledges\":[{}]}")]
    [InlineData("{\"v\":1,\"bucket\":\"b\",\"pledges\":[null]}")]
    [InlineData("not json")]
    [InlineData("{\"v\":1,\"idempotencyKey\":\"k\",\"pledge\":{\"partnerId\":\"nobody\",\"resource\":{\"kind\":\"money\",\"amount\":\"1\",\"currency\":\"EUR\"}}}")]
    public async Task A_malformed_message_fails_and_reaches_staff_from_its_poison_queue(string message)
    {
        var forum = new TestForum();
        await Assert.ThrowsAsync<FormatException>(() => forum.Get<PledgeIngestion>().IngestAsync(message, TestForum.Stop));
        await forum.Queues.SendAsync(QueueNames.PoisonOf(QueueNames.PledgesSubmitted), message, TestForum.Stop);
        await forum.Get<FailedMessages>().LookAsync(TestForum.Stop);
        await forum.Get<FailedMessages>().LookAsync(TestForum.Stop);
        var kept = await forum.Tables.PageAsync(TableNames.Failures, null, 10, null, TestForum.Stop);
        Assert.Equal(message, Wire.Read<FailedMessage>(Assert.Single(kept.Rows)).Body);
        Assert.Equal(1, await forum.Queues.CountAsync(QueueNames.PoisonOf(QueueNames.PledgesSubmitted), TestForum.Stop));
    }

    private static async Task<TestForum> ForumAsync(params Need[] needs)
    {
        var forum = new TestForum();
        forum.Partner("rome");
        await forum.ProjectAsync("farm", needs);
        return forum;
    }
}
