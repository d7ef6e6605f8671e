using FundingFlow.Ledger;
using FundingFlow.Pledges;
using FundingFlow.Projects;
using FundingFlow.Storage;
using FundingFlow.Sustainability;
using FundingFlow.Sustainability.Rules;
using FundingFlow.Tests.Simulation;
using FundingFlow.Tests.Unit.Digests;
using Microsoft.Extensions.Options;
using static FundingFlow.Tests.Unit.Sustainability.Facts;

namespace FundingFlow.Tests.Unit.Sustainability;

public class SustainabilityCheckTests
{
    private readonly InMemoryTables tables = new();
    private readonly InMemoryQueues queues = new();
    private readonly FakeForum forum = new();
    private readonly AlertBook book;
    private readonly SustainabilityCheck check;
    private readonly CancellationToken stop = TestContext.Current.CancellationToken;

    public SustainabilityCheckTests()
    {
        var calendar = Calendar(new SettableClock(Noon));
        book = new AlertBook(tables);
        IAlertRule[] rules = [new FundingGap(Options.Create(new FundingGapOptions())), new ShortRunway(Options.Create(new ShortRunwayOptions()))];
        check = new SustainabilityCheck(
            forum, new FiguresReader(forum, new PledgeDocuments(new PledgeStore(tables)), calendar), forum, forum, new Alerts(book, queues, calendar), rules, queues, calendar);
        // 100.00 a day for 100 days from today.
        forum.Projects["farm"] = Project("farm", Today, Today.AddDays(99), new BudgetPeriod(Today, Today.AddDays(100), 10_000_00, null));
    }

    [Fact]
    public async Task A_commitment_raises_the_runway_and_closes_what_it_mends()
    {
        forum.Positions.Add(Position(10_000_00, committed: 1_000_00));
        forum.Allocations.Add(Allocation(committed: 1_000_00));
        await check.CheckAsync(Changed("farm"), stop);
        Assert.Equal([("funding-gap", Severity.Critical), ("short-runway", Severity.Critical)], await OpenAsync());
        Assert.Equal(["farm 4"], forum.UrgenciesSet);

        forum.Positions[0] = Position(10_000_00, committed: 10_000_00, urgency: 4);
        forum.Allocations[0] = Allocation(committed: 10_000_00);
        await check.CheckAsync(Changed("farm"), stop);
        Assert.Empty(await OpenAsync());
        Assert.Equal(["farm 4", "farm 1"], forum.UrgenciesSet);
    }

    [Fact]
    public async Task Looking_again_changes_nothing_more()
    {
        forum.Positions.Add(Position(10_000_00, committed: 5_000_00, urgency: 2));
        forum.Allocations.Add(Allocation(committed: 5_000_00));
        await check.CheckAsync(Changed("farm", "farm"), stop);
        var written = tables.Operations[StorageOperation.TableWrite];
        await check.CheckAsync(Changed("farm"), stop);
        Assert.Equal(written, tables.Operations[StorageOperation.TableWrite]);
        Assert.Empty(forum.UrgenciesSet);
    }

    [Fact]
    public async Task The_schedule_of_the_pledge_says_when_committed_money_comes()
    {
        forum.Allocations.Add(Allocation(committed: 10_000_00));
        await tables.PutAsync(TableNames.Pledges, RowChange.Add(new Row("rome", "rome.aaaaaaaaaaaaaaaa", Wire.Write(SamplePledges.Of("rome.aaaaaaaaaaaaaaaa", 10_000_00) with
        {
            Schedule = [new Instalment(Today, 4_000_00), new Instalment(Today.AddDays(50), 6_000_00)],
        }))), stop);
        ISecuredUntil securedUntil = new FiguresReader(forum, new PledgeDocuments(new PledgeStore(tables)), Calendar(new SettableClock(Noon)));
        Assert.Equal(Today.AddDays(40), await securedUntil.OfAsync(forum.Projects["farm"], stop));
    }

    [Fact]
    public async Task Goods_and_other_currencies_do_not_count_as_this_projects_money()
    {
        forum.Positions.Add(Position(10_000_00, committed: 9_000_00));
        forum.Positions.Add(Position(40, unit: FundingFlow.Money.Unit.Goods("laptop", "piece", 0)));
        forum.Allocations.Add(Allocation(committed: 10_000_00));
        await check.CheckAsync(Changed("farm"), stop);
        Assert.Empty(await OpenAsync());
    }

    [Fact]
    public async Task A_project_that_cannot_be_found_is_looked_for_again_by_the_queue()
        => await Assert.ThrowsAsync<InvalidOperationException>(() => check.CheckAsync(Changed("nowhere"), stop));

    [Fact]
    public async Task Every_night_all_projects_are_asked_for_in_messages_that_are_small()
    {
        for (var i = 0; i < 60; i++) forum.Projects[$"p{i}"] = Project($"p{i}");
        await check.CheckAllAsync(stop);
        var messages = queues.List(QueueNames.FundingChanged).Select(message => Wire.Read<FundingChanged>(message.Body)).ToList();
        Assert.Equal(3, messages.Count);
        Assert.Equal(61, messages.SelectMany(message => message.Needs).Select(need => need.ProjectId).Distinct().Count());
    }

    private static FundingChanged Changed(params string[] projects) => new(1, Areas.SocioEconomic, [.. projects.Select(id => new PartRef(id, "money"))]);

    private async Task<List<(string, Severity)>> OpenAsync()
    {
        var open = new List<(string, Severity)>();
        await foreach (var stored in book.AllAsync(alert => alert.StateOn(Today) == AlertState.Open, stop))
            open.Add((stored.Alert.Kind, stored.Alert.Severity));
        return open;
    }
}
