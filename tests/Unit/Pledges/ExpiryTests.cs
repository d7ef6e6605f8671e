using FundingFlow.Access;
using FundingFlow.Pledges;
using FundingFlow.Projects;
using FundingFlow.Storage;
using FundingFlow.Tests.Simulation;

namespace FundingFlow.Tests.Unit.Pledges;

/// <summary>What becomes of a pledge after the last day on which it is valid. It is 24 November 2026 when a test begins.</summary>
public class ExpiryTests
{
    private static readonly DateOnly Today = new(2026, 11, 24);
    private readonly LifeBench bench = new();

    [Fact]
    public async Task The_last_day_is_included()
    {
        await bench.Forum.ProjectAsync("farm", TestForum.Money("main", 600));
        var pledge = await PledgeAsync(1_000, Today);
        await RunAsync();
        Assert.Equal(600, (await bench.Forum.BalanceAsync(pledge)).Proposed);
        bench.Forum.Clock.Advance(TimeSpan.FromDays(1));
        await RunAsync();
        var ended = await bench.Forum.BalanceAsync(pledge);
        Assert.Equal((0, 0, 1_000, PledgeStatus.Expired), (ended.Proposed, ended.Unallocated, ended.Withdrawn, ended.Status));
        Assert.Equal(0, await bench.FilledAsync());
        await bench.AssertProvedAsync();
    }

    [Fact]
    public async Task What_is_confirmed_stays_and_can_still_come()
    {
        await bench.Forum.ProjectAsync("farm", TestForum.Money("main", 600));
        var pledge = await PledgeAsync(1_000, Today);
        await bench.ConfirmAsync(pledge);
        await NextDayAsync();
        var ended = await bench.Forum.BalanceAsync(pledge);
        Assert.Equal((600, 400, PledgeStatus.Committed), (ended.Committed, ended.Withdrawn, ended.Status));
        LifeBench.AssertConflict(await bench.Forum.Commands.ConfirmAsync(pledge, null, "late", Caller.System, TestForum.Stop), "valid until 2026-11-24");
        LifeBench.AssertConflict(await bench.AmendAsync(pledge, LifeBench.To("20.00")), "has expired");
        await bench.ReceiveAsync(pledge, "6.00");
        Assert.Equal(PledgeStatus.Fulfilled, (await bench.Forum.BalanceAsync(pledge)).Status);
        await bench.AssertProvedAsync();
    }

    [Fact]
    public async Task What_came_and_is_reversed_afterwards_is_owed_again()
    {
        await bench.Forum.ProjectAsync("farm", TestForum.Money("main", 600));
        var pledge = await PledgeAsync(1_000, Today);
        await bench.ConfirmAsync(pledge);
        await bench.ReceiveAsync(pledge, "4.00");
        await NextDayAsync();
        var receipt = (await bench.Forum.Get<PledgeQueries>().GetAsync(pledge, Caller.System, TestForum.Stop)).Value.View.Receipts!.Single().Id;
        var back = (await bench.Forum.Commands.ReverseReceiptAsync(pledge, receipt, "It bounced.", "back", Caller.System, TestForum.Stop)).Value;
        Assert.Equal((600, 0, 400, PledgeStatus.Committed), (back.Committed, back.Received, back.Withdrawn, back.Status));
        await bench.AssertProvedAsync();
    }

    [Fact]
    public async Task An_amended_day_moves_it()
    {
        var pledge = await PledgeAsync(1_000, Today);
        await bench.AmendAsync(pledge, LifeBench.Nothing with { GivesValidUntil = true, ValidUntil = Today.AddDays(1) });
        await NextDayAsync();
        Assert.Equal(PledgeStatus.Open, (await bench.Forum.BalanceAsync(pledge)).Status);
        await NextDayAsync();
        Assert.Equal(PledgeStatus.Expired, (await bench.Forum.BalanceAsync(pledge)).Status);
        Assert.Empty((await bench.Forum.Tables.PageAsync(TableNames.Expiring, null, 10, null, TestForum.Stop)).Rows);
        await bench.AssertProvedAsync();
    }

    [Fact]
    public async Task No_key_that_a_caller_chose_keeps_it_from_ending()
    {
        var pledge = await PledgeAsync(1_000, Today);
        Assert.Null((await bench.AmendAsync(pledge, LifeBench.Nothing with { GivesReference = true, Reference = "spring" }, "expire.20261124")).Refusal);
        await NextDayAsync();
        Assert.Equal(PledgeStatus.Expired, (await bench.Forum.BalanceAsync(pledge)).Status);
        await bench.AssertProvedAsync();
    }

    [Fact]
    public async Task A_pledge_that_expired_before_it_was_placed_opens_nothing()
    {
        await bench.Forum.ProjectAsync("farm", TestForum.Money("main", 600));
        var id = await bench.Forum.SubmitAsync(TestForum.Pledge("rome", 1_000, "EUR", Areas.Youth) with { ValidUntil = Today }, "k");
        await bench.Forum.Get<ExpiringPledges>().NoteAsync((await bench.Forum.Get<PledgeStore>().FindAsync(id, TestForum.Stop))!.Value, TestForum.Stop);
        await NextDayAsync();
        await bench.Forum.SettleAsync();
        Assert.Equal((1_000, 0), ((await bench.Forum.BalanceAsync(id)).Withdrawn, await bench.FilledAsync()));
        await bench.AssertProvedAsync();
    }

    [Fact]
    public async Task A_crash_in_the_middle_of_its_areas_is_gone_on_with()
    {
        var pledge = (await bench.Forum.PlaceAsync(TestForum.Pledge("rome", 1_000, "EUR", Areas.Youth, Areas.Sport) with { ValidUntil = Today }, "k")).Pledge.Id;
        var ended = 0;
        bench.Forum.Tables.BeforeCommit = (_, changes) => changes.Any(change => change.Row.Body.Contains("\"kind\":\"expired\"", StringComparison.Ordinal)) && ++ended == 2
            ? throw new TimeoutException("lost") : Task.CompletedTask;
        await NextDayAsync();
        Assert.Equal(500, (await bench.Forum.BalanceAsync(pledge)).Withdrawn);
        await bench.RecoverAsync();
        await RunAsync();
        Assert.Equal(1_000, (await bench.Forum.BalanceAsync(pledge)).Withdrawn);
        await bench.AssertProvedAsync();
    }

    [Fact]
    public async Task Only_what_is_over_is_read()
    {
        for (var i = 0; i < 5; i++) await PledgeAsync(100, Today.AddDays(i + 1), $"k{i}");
        bench.Forum.Tables.Operations.Reset();
        await RunAsync();
        Assert.Equal("TableQuery 1", bench.Forum.Tables.Operations.ToString());
    }

    private async Task<string> PledgeAsync(long minor, DateOnly until, string key = "k")
        => (await bench.Forum.PlaceAsync(TestForum.Pledge("rome", minor, "EUR", Areas.Youth) with { ValidUntil = until }, key)).Pledge.Id;

    private async Task NextDayAsync()
    {
        bench.Forum.Clock.Advance(TimeSpan.FromDays(1));
        await RunAsync();
    }

    private Task RunAsync() => bench.Forum.Get<PledgeExpiry>().RunAsync(TestForum.Stop);

    [Fact]
    public async Task An_amendment_that_was_noted_before_the_last_day_was_over_ends_with_the_pledge()
    {
        await bench.Forum.ProjectAsync("farm", TestForum.Money("main", 5_000));
        var pledge = (await bench.Forum.PlaceAsync(TestForum.Pledge("rome", 1_000) with { ValidUntil = Today }, "k")).Pledge.Id;
        bench.Lose("amended");
        await Assert.ThrowsAsync<TimeoutException>(() => bench.AmendAsync(pledge, LifeBench.To("12.00")));
        bench.Forum.Tables.BeforeCommit = null;
        await NextDayAsync();
        var ended = await bench.Forum.BalanceAsync(pledge);
        Assert.Equal((1_200, 1_200, 0, 0), (ended.Pledged, ended.Withdrawn, ended.Proposed, ended.Unallocated));
        await bench.AssertProvedAsync();
    }

    [Fact]
    public async Task What_was_stated_as_received_is_no_promise_and_does_not_expire()
    {
        var id = (await bench.Forum.PlaceAsync(TestForum.Pledge("rome", 1_000, "EUR", Areas.Youth) with { Status = StatedStatus.Receipt, ValidUntil = Today }, "k")).Pledge.Id;
        await NextDayAsync();
        Assert.Equal((0, 1_000), ((await bench.Forum.BalanceAsync(id)).Withdrawn, (await bench.Forum.BalanceAsync(id)).Unallocated));
    }
}
