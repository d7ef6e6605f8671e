using FundingFlow.Ledger;
using FundingFlow.Pledges;
using FundingFlow.Projects;
using FundingFlow.Tests.Simulation;
using FundingFlow.Tests.Unit.Pledges;

namespace FundingFlow.Tests.Unit.Ledger;

/// <summary>A project that closes, or takes a need off an area, with money on it.</summary>
public class ProjectClosedTests
{
    private readonly LifeBench bench = new();

    [Fact]
    public async Task What_is_proposed_goes_elsewhere_and_what_is_committed_stays_visible()
    {
        await StateAsync(ProjectStatus.Open);
        var firm = await bench.PledgeAsync(300, Areas.Youth);
        await bench.ConfirmAsync(firm.Pledge.Id);
        var loose = await bench.PledgeAsync(400, Areas.Youth);
        await bench.Forum.ProjectAsync("school", TestForum.Money("main", 5_000));
        await StateAsync(ProjectStatus.Closed);
        await bench.Forum.SettleAsync();
        Assert.Equal((300, 400), (await bench.FilledAsync(), await bench.FilledAsync("school")));
        Assert.Equal((1_000, true), ((await bench.Forum.PositionAsync(Areas.Youth, "farm", "main")).Required, (await bench.Forum.PositionAsync(Areas.Youth, "farm", "main")).Closed));
        Assert.Equal("school", (await bench.Forum.BalanceAsync(loose.Pledge.Id)).Allocations.Single().ProjectId);
        await bench.AssertProvedAsync();
    }

    [Fact]
    public async Task A_pledge_that_chose_it_stands_says_so_and_comes_back_when_it_opens_again()
    {
        await StateAsync(ProjectStatus.Open);
        var tight = await bench.Forum.PlaceAsync(TestForum.Pledge("rome", 1_200, "EUR", Areas.Youth) with { Earmark = new Earmark(["farm"], [], []) }, "k");
        Assert.Equal(1_200, tight.Proposed);
        await StateAsync(ProjectStatus.Closed);
        await bench.Forum.SettleAsync();
        var standing = await bench.Forum.BalanceAsync(tight.Pledge.Id);
        Assert.Equal((1_200, Standing.ProjectClosed, 0), (standing.Unallocated, standing.Lines.Single().Standing, await bench.FilledAsync()));
        await bench.AssertProvedAsync();
        await StateAsync(ProjectStatus.Open);
        await bench.Forum.SettleAsync();
        Assert.Equal(1_200, (await bench.Forum.BalanceAsync(tight.Pledge.Id)).Proposed);
        await bench.AssertProvedAsync();
    }

    [Fact]
    public async Task One_that_had_ended_takes_what_stands_when_its_end_is_moved_though_it_asks_for_no_more()
    {
        await StateAsync(ProjectStatus.Open);
        var farm = bench.Forum.Catalogue.Projects["farm"] with { EndsOn = DateOnly.FromDateTime(TestForum.Start.UtcDateTime).AddDays(-1) };
        await bench.Forum.Get<INeedLedger>().StateNeedsAsync(farm, "city", TestForum.Stop);
        var pledge = await bench.PledgeAsync(300, Areas.Youth);
        Assert.Equal(300, pledge.Unallocated);
        await bench.Forum.Get<INeedLedger>().StateNeedsAsync(farm with { EndsOn = null }, "city", TestForum.Stop);
        await bench.Forum.SettleAsync();
        Assert.Equal(300, (await bench.Forum.BalanceAsync(pledge.Pledge.Id)).Proposed);
    }

    [Fact]
    public async Task More_parts_than_a_transaction_holds_are_all_released()
    {
        await StateAsync(ProjectStatus.Open);
        for (var i = 0; i < 20; i++) await bench.PledgeAsync(10, Areas.Youth);
        await StateAsync(ProjectStatus.Closed);
        Assert.Equal(0, await bench.FilledAsync());
        await bench.AssertProvedAsync();
    }

    [Fact]
    public async Task A_need_that_was_taken_off_an_area_takes_nothing_and_one_with_something_on_it_is_not_taken_off()
    {
        await StateAsync(ProjectStatus.Open);
        await bench.PledgeAsync(10, Areas.Youth);
        var need = new PartRef("farm", "main");
        Assert.False(await bench.Forum.Get<INeedLedger>().TryVacateAsync(Areas.Youth, need, "test", TestForum.Stop));
        Assert.Equal(10, await bench.FilledAsync());
        await bench.Forum.ProjectAsync("school", TestForum.Money("main", 500));
        Assert.True(await bench.Forum.Get<INeedLedger>().TryVacateAsync(Areas.Youth, new PartRef("school", "main"), "test", TestForum.Stop));
        await bench.PledgeAsync(5_000, Areas.Youth);
        Assert.Equal((1_000, 0), (await bench.FilledAsync(), await bench.FilledAsync("school")));
        await bench.AssertProvedAsync();
    }

    private async Task StateAsync(ProjectStatus status)
    {
        var project = new Project("farm", "farm", "kigali", "RW", Areas.Youth, "EUR", null, null, null, [], [TestForum.Money("main", 1_000)], []) { Status = status };
        bench.Forum.Catalogue.Projects["farm"] = project;
        await bench.Forum.Get<INeedLedger>().StateNeedsAsync(project, "test", TestForum.Stop);
    }
}
