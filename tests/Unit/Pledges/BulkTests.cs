using FundingFlow.Access;
using FundingFlow.Ledger;
using FundingFlow.Pledges;
using FundingFlow.Projects;
using FundingFlow.Storage;
using FundingFlow.Tests.Simulation;
using FundingFlow.Validation;

namespace FundingFlow.Tests.Unit.Pledges;

/// <summary>Many pledges taken in at once end as if each had come alone, whatever fails on the way.</summary>
public class BulkTests
{
    private readonly TestForum forum = new();

    public BulkTests()
    {
        forum.Partner("rome");
        forum.Partner("bern");
    }

    private BulkIntake Intake => forum.Get<BulkIntake>();

    [Fact]
    public async Task Each_line_is_placed_in_sight_of_what_its_neighbours_take()
    {
        await forum.ProjectAsync("farm", TestForum.Money("main", 1_000));
        await forum.ProjectAsync("school", TestForum.Money("main", 1_500));

        var ids = await SubmitAsync(Requests(30, 100));
        await forum.SettleAsync();

        Assert.Equal((1_000, 1_500), ((await forum.PositionAsync(Areas.Youth, "farm", "main")).Proposed, (await forum.PositionAsync(Areas.Youth, "school", "main")).Proposed));
        var balances = await BalancesAsync(ids);
        Assert.Equal(25, balances.Count(balance => balance.Status == PledgeStatus.Placed));
        Assert.Equal(500, balances.Sum(balance => balance.Unallocated));
        await forum.AssertBooksAsync();
    }

    [Fact]
    public async Task A_split_of_pledges_without_an_area_counts_what_their_neighbours_take_and_is_recorded()
    {
        await forum.ProjectAsync("farm", TestForum.Money("main", 1_000));
        await forum.ProjectAsync("club", TestForum.Money("main", 2_000, Areas.Sport));

        var ids = await SubmitAsync([.. Requests(30, 100).Select(one => one with { Request = one.Request with { Areas = [] } })]);
        await forum.SettleAsync();

        Assert.All(await BalancesAsync(ids), balance => Assert.Equal(PledgeStatus.Placed, balance.Status));
        foreach (var id in ids) Assert.NotNull((await forum.Get<PledgeStore>().FindAsync(id, TestForum.Stop))!.Value.Split);
        await forum.AssertBooksAsync();
    }

    [Fact]
    public async Task A_key_that_was_used_keeps_none_of_its_neighbours_out()
    {
        await forum.ProjectAsync("farm", TestForum.Money("main", 1_000_000));
        await forum.PlaceAsync(TestForum.Pledge("rome", 100, "EUR", Areas.Youth), "r7");
        await forum.PlaceAsync(TestForum.Pledge("rome", 999, "EUR", Areas.Youth), "r8");

        var answers = await Intake.SubmitAsync([.. Requests(20, 100), .. Requests(1, 100)], Caller.System, TestForum.Stop);
        await forum.SettleAsync();

        Assert.Equal([7, 20], Enumerable.Range(0, 21).Where(i => answers[i].Refusal is null && !answers[i].Value.IsNew));
        Assert.Equal(RefusalKind.Conflict, answers[8].Refusal!.Kind);
        Assert.Equal(18, answers.Count(answer => answer.Refusal is null && answer.Value.IsNew));
        Assert.Equal((19 * 100) + 999, (await forum.PositionAsync(Areas.Youth, "farm", "main")).Proposed);
    }

    [Fact]
    public async Task The_same_again_changes_nothing_and_sends_nothing_once_it_is_placed()
    {
        await forum.ProjectAsync("farm", TestForum.Money("main", 1_000_000));
        await SubmitAsync(Requests(150, 100));
        await forum.SettleAsync();

        var again = await Intake.SubmitAsync(Requests(150, 100), Caller.System, TestForum.Stop);

        Assert.All(again, answer => Assert.False(answer.Value.IsNew));
        Assert.Empty(forum.Queues.List(QueueNames.PledgesSubmitted));
        Assert.Equal(15_000, (await forum.PositionAsync(Areas.Youth, "farm", "main")).Proposed);
    }

    [Fact]
    public async Task A_line_that_cannot_be_opened_goes_on_by_itself_and_its_neighbours_are_placed()
    {
        await forum.ProjectAsync("farm", TestForum.Money("main", 1_000_000));
        List<KeyedRequest> requests = [.. Requests(10, 100), new KeyedRequest(TestForum.Pledge("bern", 100, "EUR", Areas.Youth), "lost"), .. Requests(20, 100).Skip(10)];
        var ids = await SubmitAsync(requests);
        forum.Catalogue.Partners.Remove("bern", out _);

        await forum.Get<PledgeIngestion>().IngestAsync(forum.Queues.TryReceive(QueueNames.PledgesSubmitted)!.Body, TestForum.Stop);

        Assert.Equal(2_000, (await forum.PositionAsync(Areas.Youth, "farm", "main")).Proposed);
        var alone = Wire.Read<PledgesSubmitted>(Assert.Single(forum.Queues.List(QueueNames.PledgesSubmitted)).Body);
        Assert.Equal((false, ids[10]), (alone.Together, Assert.Single(alone.Pledges).Id));
        Assert.Equal([ids[10]], await EntriesAsync());

        forum.Partner("bern");
        await forum.SettleAsync();
        Assert.Equal(PledgeStatus.Placed, (await forum.BalanceAsync(ids[10])).Status);
    }

    [Fact]
    public async Task A_message_that_is_lost_is_found_by_the_sweep_and_only_what_was_not_placed_is_sent_again()
    {
        await forum.ProjectAsync("farm", TestForum.Money("main", 1_000_000));
        var ids = await SubmitAsync(Requests(12, 100));
        var lost = Wire.Read<PledgesSubmitted>(forum.Queues.TryReceive(QueueNames.PledgesSubmitted)!.Body);
        // Three of them were placed before the worker ended.
        foreach (var pledge in lost.Pledges.Take(3))
            await forum.Get<PledgeIngestion>().IngestAsync(Wire.Write(new PledgesSubmitted(1, lost.Bucket, [pledge])), TestForum.Stop);

        forum.Clock.Advance(TimeSpan.FromMinutes(2));
        await forum.Get<Sweep>().RunAsync(TestForum.Stop);

        Assert.Equal(ids.Skip(3), forum.Queues.List(QueueNames.PledgesSubmitted).Select(message => Assert.Single(Wire.Read<PledgesSubmitted>(message.Body).Pledges).Id));
        await forum.SettleAsync();
        await forum.Get<SubmittedLog>().FlushAsync(TestForum.Stop);
        Assert.Equal(1_200, (await forum.PositionAsync(Areas.Youth, "farm", "main")).Proposed);
        Assert.Empty(await EntriesAsync());
    }

    [Fact]
    public async Task A_call_that_died_at_any_write_is_ended_by_the_same_call_again()
    {
        await forum.ProjectAsync("farm", TestForum.Money("main", 100_000_000));
        for (var write = 1; write <= 8; write++)
        {
            var (key, faults) = ($"d{write}-", new Faults(forum));
            faults.Arm(Fault.CrashBefore, write);
            var died = await Record.ExceptionAsync(() => Intake.SubmitAsync(Requests(220, 100, key), Caller.System, TestForum.Stop));
            // Three transactions of rows, one of entries, three messages.
            Assert.Equal(write <= 7, died is SimulatedFaultException);
            faults.Arm(null, 0);
            forum.Restart();
            await SubmitAsync(Requests(220, 100, key));
            await forum.SettleAsync();
            Assert.Equal(write * 22_000, (await forum.PositionAsync(Areas.Youth, "farm", "main")).Proposed);
        }

        await forum.AssertBooksAsync();
    }

    [Fact]
    public async Task A_withdrawal_that_comes_before_the_message_opens_nothing()
    {
        await forum.ProjectAsync("farm", TestForum.Money("main", 1_000_000));
        List<KeyedRequest> requests = [.. Requests(10, 100), .. Requests(10, 100, "u").Select(one => one with { Request = one.Request with { Areas = [] } })];
        var ids = await SubmitAsync(requests);
        await forum.Commands.WithdrawAsync(ids[4], "w1", Caller.System, TestForum.Stop);
        await forum.Commands.WithdrawAsync(ids[14], "w2", Caller.System, TestForum.Stop);

        await forum.SettleAsync();

        Assert.Equal(1_800, (await forum.PositionAsync(Areas.Youth, "farm", "main")).Proposed);
        var balances = await BalancesAsync(ids);
        Assert.Equal([4, 14], Enumerable.Range(0, 20).Where(i => balances[i].Status == PledgeStatus.Withdrawn));
        await forum.AssertBooksAsync();
    }

    [Fact]
    public async Task The_last_days_of_many_are_noted_together_for_the_timer_that_ends_them()
    {
        await forum.ProjectAsync("farm", TestForum.Money("main", 1_000_000));
        var until = new DateOnly(2026, 12, 1);
        var ids = await SubmitAsync([.. Requests(40, 100).Select((one, i) => one with { Request = one.Request with { ValidUntil = i % 2 == 0 ? until : null } })]);
        forum.Tables.Operations.Reset();
        await forum.SettleAsync();

        var noted = await forum.Get<ExpiringPledges>().OverAsync(until.AddDays(1), TestForum.Stop).Select(entry => entry.PledgeId).ToListAsync(TestForum.Stop);
        Assert.Equal(ids.Where((_, i) => i % 2 == 0).Order(StringComparer.Ordinal), noted);
        Assert.Equal(4_000, (await forum.PositionAsync(Areas.Youth, "farm", "main")).Proposed);
        Assert.Equal(0, forum.Tables.Operations[StorageOperation.TableWrite]);
    }

    [Fact]
    public async Task A_tight_earmark_among_many_still_displaces_what_was_proposed()
    {
        await forum.ProjectAsync("farm", TestForum.Money("main", 1_000));
        var tight = TestForum.Pledge("bern", 300, "EUR", Areas.Youth) with { Earmark = new Earmark(["farm"], [], []) };

        var ids = await SubmitAsync([.. Requests(10, 100), new KeyedRequest(tight, "tight")]);
        await forum.SettleAsync();

        Assert.Equal(PledgeStatus.Placed, (await forum.BalanceAsync(ids[^1])).Status);
        Assert.Equal(1_000, (await forum.PositionAsync(Areas.Youth, "farm", "main")).Proposed);
        await forum.AssertBooksAsync();
    }

    private static List<KeyedRequest> Requests(int count, long minor, string key = "r")
        => [.. Enumerable.Range(0, count).Select(i => new KeyedRequest(TestForum.Pledge("rome", minor, "EUR", Areas.Youth), $"{key}{i}"))];

    private async Task<List<string>> SubmitAsync(IReadOnlyList<KeyedRequest> requests)
    {
        var answers = await Intake.SubmitAsync(requests, Caller.System, TestForum.Stop);
        Assert.All(answers, answer => Assert.Null(answer.Refusal));
        return [.. answers.Select(answer => answer.Value.Id)];
    }

    private async Task<List<PledgeBalance>> BalancesAsync(IEnumerable<string> ids)
    {
        var balances = new List<PledgeBalance>();
        foreach (var id in ids) balances.Add(await forum.BalanceAsync(id));
        return balances;
    }

    private async Task<IEnumerable<string>> EntriesAsync()
        => (await forum.Tables.PageAsync(TableNames.Submitted, null, 100, null, TestForum.Stop)).Rows.Select(row => row.Key);
}
