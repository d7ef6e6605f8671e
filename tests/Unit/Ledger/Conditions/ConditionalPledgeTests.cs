using FundingFlow.Access;
using FundingFlow.Ledger;
using FundingFlow.Ledger.Audit;
using FundingFlow.Ledger.Conditions;
using FundingFlow.Partners;
using FundingFlow.Pledges;
using FundingFlow.Pledges.Commands;
using FundingFlow.Projects;
using FundingFlow.Storage;
using FundingFlow.Tests.Simulation;

namespace FundingFlow.Tests.Unit.Ledger.Conditions;

/// <summary>A pledge with conditions through its life in the books.</summary>
public sealed class ConditionalPledgeTests
{
    private readonly TestForum forum = new();
    private int keys;

    public ConditionalPledgeTests()
    {
        forum.Partner("rome", Sector.Public);
        forum.Partner("acme", Sector.Private);
        forum.Partner("ngo", Sector.Nonprofit);
    }

    [Fact]
    public async Task It_is_placed_like_any_other_and_is_conditional_once_confirmed()
    {
        await forum.ProjectAsync("farm", TestForum.Money("main", 10_000));
        var placed = await forum.PlaceAsync(Matching("acme", 1_000, Sector.Public, 1m), "a");
        Assert.Equal((1_000, 0), (placed.Proposed, placed.Conditional));
        await ConfirmAsync(placed.Pledge.Id);
        await AssertAsync(placed.Pledge.Id, conditional: 1_000, committed: 0);
        var need = await forum.PositionAsync(Areas.Youth, "farm", "main");
        Assert.Equal((1_000, 0, 9_000), (need.Conditional, need.Funding, need.Room));
    }

    [Fact]
    public async Task A_commitment_of_the_other_sector_makes_as_much_of_it_firm_and_its_withdrawal_takes_that_back()
    {
        await forum.ProjectAsync("farm", TestForum.Money("main", 10_000));
        var match = await ConfirmedAsync(Matching("acme", 1_000, Sector.Public, 1m));
        var trigger = (await forum.PlaceAsync(TestForum.Pledge("rome", 400, areas: Areas.Youth), "t")).Pledge.Id;
        await AssertAsync(match, conditional: 1_000, committed: 0);
        await ConfirmAsync(trigger);
        await AssertAsync(match, conditional: 600, committed: 400);
        Assert.Equal(800, (await forum.PositionAsync(Areas.Youth, "farm", "main")).Funding);
        await forum.Commands.WithdrawAsync(trigger, "w", Caller.System, TestForum.Stop);
        await forum.SettleAsync();
        await AssertAsync(match, conditional: 1_000, committed: 0);
    }

    [Fact]
    public async Task What_was_received_does_not_fall_back()
    {
        await forum.ProjectAsync("farm", TestForum.Money("main", 10_000));
        var match = await ConfirmedAsync(Matching("acme", 1_000, Sector.Public, 1m));
        var trigger = await ConfirmedAsync(TestForum.Pledge("rome", 400, areas: Areas.Youth));
        await forum.Commands.ReceiveAsync(match, new ReceiptRequest(null, "amount", "1.50", null), "r", Caller.System, TestForum.Stop);
        await forum.Commands.WithdrawAsync(trigger, "w", Caller.System, TestForum.Stop);
        await forum.SettleAsync();
        await AssertAsync(match, conditional: 850, committed: 0, received: 150);
    }

    /// <summary>A declined trigger funds only with what had been received of it: by hand, 400 firm falls to the 120 that came.</summary>
    [Fact]
    public async Task A_trigger_that_the_recipient_declines_lets_fall_what_it_had_made_firm_but_for_what_was_received()
    {
        await forum.ProjectAsync("farm", TestForum.Money("main", 10_000));
        var match = await ConfirmedAsync(Matching("acme", 1_000, Sector.Public, 1m));
        var trigger = await ConfirmedAsync(TestForum.Pledge("rome", 400, areas: Areas.Youth));
        await AssertAsync(match, conditional: 600, committed: 400);
        await forum.Commands.ReceiveAsync(trigger, new ReceiptRequest(null, "amount", "1.20", null), "r", Caller.System, TestForum.Stop);
        var declined = await forum.Commands.DeclineAsync((await ViewAsync(trigger)).Allocations.Single().Id, "too late", "d", Caller.System, TestForum.Stop);
        Assert.True(declined.Refusal is null, declined.Refusal?.Detail);
        await forum.SettleAsync();
        await AssertAsync(trigger, conditional: 0, committed: 0, received: 120);
        await AssertAsync(match, conditional: 880, committed: 120);
        await AssertProvedAsync();
    }

    [Fact]
    public async Task A_receipt_takes_what_is_firm_and_then_what_is_conditional()
    {
        await forum.ProjectAsync("farm", TestForum.Money("main", 10_000));
        var match = await ConfirmedAsync(Matching("acme", 1_000, Sector.Public, 1m));
        await ConfirmedAsync(TestForum.Pledge("rome", 400, areas: Areas.Youth));
        var work = new Dictionary<PartRef, long> { [new PartRef("farm", "main")] = 700 };
        await forum.Get<Books>().ReceiveAsync(Areas.Youth, match, work, 0, new DateOnly(2026, 11, 24), "receipt.x", "test", TestForum.Stop);
        await forum.SettleAsync();
        await AssertAsync(match, conditional: 300, committed: 0, received: 700);
    }

    [Fact]
    public async Task Withdrawing_takes_what_is_conditional_too()
    {
        await forum.ProjectAsync("farm", TestForum.Money("main", 10_000));
        var match = await ConfirmedAsync(Matching("acme", 1_000, Sector.Public, 1m));
        await ConfirmedAsync(TestForum.Pledge("rome", 400, areas: Areas.Youth));
        await forum.Commands.WithdrawAsync(match, "w", Caller.System, TestForum.Stop);
        await forum.SettleAsync();
        await AssertAsync(match, conditional: 0, committed: 0);
        Assert.Equal(1_000, (await forum.BalanceAsync(match)).Withdrawn);
    }

    [Fact]
    public async Task A_project_with_needs_in_two_areas_is_settled_over_both()
    {
        await forum.ProjectAsync("farm", TestForum.Money("main", 300), TestForum.Money("court", 700, Areas.Sport), TestForum.Money("film", 5_000, Areas.Culture));
        var match = await ConfirmedAsync(Matching("acme", 1_000, Sector.Public, 0.5m, Areas.Youth, Areas.Sport));
        await ConfirmedAsync(TestForum.Pledge("rome", 1_001, areas: Areas.Culture));
        // Half of 1,001 is 500; by what is confirmed at each, 312.5 in sport and 187.5 in youth: the odd unit goes to the earlier area.
        var parts = (await forum.BalanceAsync(match)).Allocations;
        Assert.Equal([(Areas.Sport, 500L), (Areas.Youth, 300L)], parts.Select(part => (part.Area, part.Confirmed.Minor)).Order());
        Assert.Equal([(Areas.Sport, 313L), (Areas.Youth, 187L)], parts.Select(part => (part.Area, part.Committed.Minor)).Order());
        await AssertProvedAsync();
    }

    [Fact]
    public async Task A_chain_over_three_sectors_settles_and_falls_with_its_head()
    {
        await forum.ProjectAsync("farm", TestForum.Money("main", 10_000));
        var (second, third) = (await ConfirmedAsync(Matching("acme", 900, Sector.Public, 0.5m)), await ConfirmedAsync(Matching("ngo", 280, Sector.Private, 2m)));
        await AssertAsync(third, conditional: 280, committed: 0);
        var head = await ConfirmedAsync(TestForum.Pledge("rome", 300, areas: Areas.Youth));
        await AssertAsync(second, conditional: 750, committed: 150);
        await AssertAsync(third, conditional: 0, committed: 280);
        await forum.Commands.WithdrawAsync(head, "w", Caller.System, TestForum.Stop);
        await forum.SettleAsync();
        await AssertAsync(second, conditional: 900, committed: 0);
        await AssertAsync(third, conditional: 280, committed: 0);
    }

    [Fact]
    public async Task Two_that_confirmed_satisfy_each_other_and_one_that_did_not_satisfies_nobody()
    {
        await forum.ProjectAsync("farm", TestForum.Money("main", 10_000));
        var first = await ConfirmedAsync(Matching("acme", 700, Sector.Public, 1m));
        var second = (await forum.PlaceAsync(Matching("rome", 500, Sector.Private, 1m), "s")).Pledge.Id;
        await AssertAsync(first, conditional: 700, committed: 0);
        await ConfirmAsync(second);
        await AssertAsync(first, conditional: 200, committed: 500);
        await AssertAsync(second, conditional: 0, committed: 500);
    }

    [Fact]
    public async Task Another_currency_is_compared_in_the_projects_money_and_divided_in_its_own()
    {
        forum.Rates.Quote("USD", 1.25m);
        await forum.ProjectAsync("farm", TestForum.Money("main", 10_000));
        var match = await ConfirmedAsync(Matching("acme", 1_000, Sector.Public, 1m) with { Resource = new Resource(FundingFlow.Money.Unit.Of(FundingFlow.Money.Currency.Of("USD")), 1_000) });
        await ConfirmedAsync(TestForum.Pledge("rome", 400, areas: Areas.Youth));
        // 10.00 USD count 8.00 EUR; 4.00 EUR of match let 5.00 USD be firm.
        await AssertAsync(match, conditional: 500, committed: 500);
        Assert.Equal(new Placed(500, 400), (await forum.BalanceAsync(match)).Allocations.Single().Committed);
    }

    [Fact]
    public async Task Other_projects_are_no_match()
    {
        await forum.ProjectAsync("farm", TestForum.Money("main", 1_000));
        await forum.ProjectAsync("club", TestForum.Money("hall", 1_000, Areas.Sport));
        var match = await ConfirmedAsync(Matching("acme", 1_000, Sector.Public, 1m));
        await ConfirmedAsync(TestForum.Pledge("rome", 400, areas: Areas.Sport));
        await AssertAsync(match, conditional: 1_000, committed: 0);
    }

    [Fact]
    public async Task A_message_that_comes_twice_changes_nothing_and_one_that_was_lost_is_made_good_by_the_next_round()
    {
        await forum.ProjectAsync("farm", TestForum.Money("main", 10_000));
        var match = await ConfirmedAsync(Matching("acme", 1_000, Sector.Public, 1m));
        var trigger = (await forum.PlaceAsync(TestForum.Pledge("rome", 400, areas: Areas.Youth), "t")).Pledge.Id;
        await forum.Commands.ConfirmAsync(trigger, null, "c", Caller.System, TestForum.Stop);
        await forum.Get<Outbox>().DispatchAsync(Areas.Youth, TestForum.Stop);
        while (forum.Queues.TryReceive(QueueNames.FundingChanged) is not null) ;
        await forum.SettleAsync();
        await AssertAsync(match, conditional: 1_000, committed: 0);
        await forum.Get<LineReopening>().AllAsync(TestForum.Stop);
        await AssertAsync(match, conditional: 600, committed: 400);
        var entries = (await forum.Reader.HistoryAsync(Areas.Youth, match, TestForum.Stop)).Count;
        await forum.Get<ConditionSettling>().SettleAsync(new FundingChanged(1, Areas.Youth, [new PartRef("farm", "main")]), TestForum.Stop);
        await forum.Get<LineReopening>().AllAsync(TestForum.Stop);
        Assert.Equal(entries, (await forum.Reader.HistoryAsync(Areas.Youth, match, TestForum.Stop)).Count);
    }

    [Fact]
    public async Task A_need_that_is_stated_anew_keeps_what_is_conditional()
    {
        await forum.ProjectAsync("farm", TestForum.Money("main", 10_000));
        var match = await ConfirmedAsync(Matching("acme", 1_000, Sector.Public, 1m));
        await forum.ProjectAsync("farm", TestForum.Money("main", 500));
        await forum.SettleAsync();
        await AssertAsync(match, conditional: 1_000, committed: 0, mayOverfill: true);
        Assert.Equal(1_000, (await forum.PositionAsync(Areas.Youth, "farm", "main")).Conditional);
    }

    [Fact]
    public async Task Many_pledges_are_settled_over_several_transactions()
    {
        await forum.ProjectAsync("farm", TestForum.Money("main", 100_000));
        var matches = new List<string>();
        for (var i = 0; i < 30; i++) matches.Add(await ConfirmedAsync(Matching("acme", 100 + i, Sector.Public, 1m)));
        await ConfirmedAsync(TestForum.Pledge("rome", 110, areas: Areas.Youth));
        for (var i = 0; i < 30; i++) Assert.Equal(Math.Min(110, 100 + i), (await forum.BalanceAsync(matches[i])).Committed);
        await AssertProvedAsync();
    }

    [Fact]
    public async Task The_pledge_says_what_it_waits_for()
    {
        await forum.ProjectAsync("farm", TestForum.Money("main", 10_000));
        var id = await ConfirmedAsync(Matching("acme", 1_000, Sector.Public, 0.5m));
        Assert.Equal(new Reason("waits-for-match", "It becomes binding when the public sector commits 20.00 EUR more here."), (await ViewAsync(id)).Allocations.Single().Reasons[^1]);
        await ConfirmedAsync(TestForum.Pledge("rome", 1_200, areas: Areas.Youth));
        var view = await ViewAsync(id);
        Assert.Equal(("4.00", "6.00", "conditional"), (view.Conditional, view.Committed, view.Allocations.Single().Status));
        Assert.Equal("The rest becomes binding when the public sector commits 8.00 EUR more here.", view.Allocations.Single().Reasons[^1].Text);
        Assert.Equal(new ConditionView("match", Sector.Public, "0.5", null), Assert.Single(view.Conditions!));
    }

    [Fact]
    public async Task What_lies_above_the_limit_is_said_to_stay_conditional()
    {
        await forum.ProjectAsync("farm", TestForum.Money("main", 10_000));
        var request = TestForum.Pledge("acme", 1_000, areas: Areas.Youth) with { Conditions = [new MatchCondition(Sector.Public, 1m, 600)] };
        var id = await ConfirmedAsync(request);
        await ConfirmedAsync(TestForum.Pledge("rome", 2_000, areas: Areas.Youth));
        await AssertAsync(id, conditional: 400, committed: 600);
        Assert.Equal(["match-limit"], (await ViewAsync(id)).Allocations.Single().Reasons.Select(reason => reason.Code).Where(code => code.Contains("match", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_was_never_settled_is_found_by_the_auditor_once_its_time_is_over()
    {
        await forum.ProjectAsync("farm", TestForum.Money("main", 10_000));
        var match = await ConfirmedAsync(Matching("acme", 1_000, Sector.Public, 1m));
        var trigger = await ConfirmedAsync(TestForum.Pledge("rome", 400, areas: Areas.Youth));
        await forum.Commands.WithdrawAsync(trigger, "w", Caller.System, TestForum.Stop);
        var auditor = new Auditor(forum.Tables, forum.Clock) { ToSettle = TimeSpan.Zero };
        Assert.Empty((await auditor.RunAsync(TestForum.Stop)).Differences);
        await forum.Tables.CommitAsync(TableNames.Ledger, [.. (await OutboxAsync()).Select(RowChange.Delete)], TestForum.Stop);
        Assert.Equal([$"pledge {match} at farm: what is firm is 400, expected 0."], (await auditor.RunAsync(TestForum.Stop)).Differences);
        Assert.True((await new Auditor(forum.Tables, forum.Clock).RunAsync(TestForum.Stop)).IsClean);
    }

    private async Task<List<Row>> OutboxAsync()
    {
        var rows = new List<Row>();
        await foreach (var row in forum.Tables.PrefixAsync(TableNames.Ledger, Areas.Youth, LedgerKeys.OutboxPrefix, TestForum.Stop)) rows.Add(row);
        return rows;
    }

    private static PledgeRequest Matching(string partner, long minor, Sector sector, decimal ratio, params string[] areas)
        => TestForum.Pledge(partner, minor, areas: areas.Length == 0 ? [Areas.Youth] : areas) with { Conditions = [new MatchCondition(sector, ratio, null)] };

    private async Task<string> ConfirmedAsync(PledgeRequest request)
    {
        var id = (await forum.PlaceAsync(request, $"p{++keys}")).Pledge.Id;
        await ConfirmAsync(id);
        return id;
    }

    private async Task ConfirmAsync(string id)
    {
        var outcome = await forum.Commands.ConfirmAsync(id, null, $"c{++keys}", Caller.System, TestForum.Stop);
        Assert.True(outcome.Refusal is null, outcome.Refusal?.Detail);
        await forum.SettleAsync();
    }

    private async Task<PledgeView> ViewAsync(string id) => (await forum.Get<PledgeQueries>().GetAsync(id, Caller.System, TestForum.Stop)).Value.View;

    private async Task AssertAsync(string id, long conditional, long committed, long received = 0, bool mayOverfill = false)
    {
        var balance = await forum.BalanceAsync(id);
        Assert.Equal((conditional, committed, received), (balance.Conditional, balance.Committed, balance.Received));
        await forum.AssertBooksAsync(mayOverfill);
    }

    private async Task AssertProvedAsync()
    {
        var report = await new Auditor(forum.Tables, forum.Clock) { ToSettle = TimeSpan.Zero }.RunAsync(TestForum.Stop);
        Assert.Empty(report.Differences);
        Assert.Equal(1, report.Counts.Divisions);
    }
}
