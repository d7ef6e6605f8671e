using FundingFlow.Access;
using FundingFlow.Ledger;
using FundingFlow.Pledges;
using FundingFlow.Projects;
using FundingFlow.Tests.Simulation;
using FundingFlow.Validation;

namespace FundingFlow.Tests.Unit.Pledges;

/// <summary>A recipient that does not want what a pledge would bring it.</summary>
public class DeclineTests
{
    private static readonly Caller City = new("city", Role.City, [], [], ["kigali"]);
    private static readonly Caller Rome = new("rome", Role.Fundraiser, ["rome"], [], []);
    private readonly LifeBench bench = new();

    [Fact]
    public async Task What_is_declined_goes_elsewhere_at_once_and_never_comes_back()
    {
        await bench.Forum.ProjectAsync("farm", TestForum.Money("main", 1_000));
        var pledge = await bench.PledgeAsync(800, Areas.Youth);
        await bench.Forum.ProjectAsync("school", TestForum.Money("main", 300));
        var declined = (await bench.DeclineAsync(pledge.Allocations.Single().Id, City, "too far away")).Value;
        Assert.Equal((300, 500, "school"), (declined.Proposed, declined.Unallocated, declined.Allocations.Single().ProjectId));
        await bench.Forum.ProjectAsync("farm", TestForum.Money("main", 2_000));
        await bench.Forum.SettleAsync();
        Assert.Equal((0, 500), (await bench.FilledAsync(), (await bench.Forum.BalanceAsync(pledge.Pledge.Id)).Unallocated));
        await bench.AssertProvedAsync();
    }

    [Fact]
    public async Task A_tight_pledge_whose_project_declines_stands_and_says_so()
    {
        await bench.Forum.ProjectAsync("farm", TestForum.Money("main", 1_000));
        var pledge = await bench.Forum.PlaceAsync(TestForum.Pledge("rome", 800, "EUR", Areas.Youth) with { Earmark = new Earmark(["farm"], [], []) }, "k");
        var declined = (await bench.DeclineAsync(pledge.Allocations.Single().Id, City)).Value;
        Assert.Equal((800, Standing.Declined), (declined.Unallocated, declined.Lines.Single().Standing));
        await bench.Forum.SettleAsync();
        Assert.Equal(0, await bench.FilledAsync());
        await bench.AssertProvedAsync();
    }

    [Fact]
    public async Task An_unearmarked_pledge_does_not_wander_back_by_way_of_another_area()
    {
        await bench.Forum.ProjectAsync("farm", TestForum.Money("main", 1_000));
        var pledge = await bench.PledgeAsync(800);
        await bench.DeclineAsync(pledge.Allocations.Single().Id, City);
        await bench.Forum.SettleAsync();
        var balance = await bench.Forum.BalanceAsync(pledge.Pledge.Id);
        var moves = balance.Lines.Sum(line => line.Sendings.Count);
        for (var i = 0; i < 3; i++) await bench.Forum.Get<LineReopening>().AllAsync(TestForum.Stop);
        Assert.Equal((800, 0, moves), (balance.Unallocated, await bench.FilledAsync(), (await bench.Forum.BalanceAsync(pledge.Pledge.Id)).Lines.Sum(line => line.Sendings.Count)));
        await bench.AssertProvedAsync();
    }

    [Fact]
    public async Task What_is_committed_is_freed_and_what_was_received_stays()
    {
        await bench.Forum.ProjectAsync("farm", TestForum.Money("main", 1_000));
        var pledge = await bench.PledgeAsync(800, Areas.Youth);
        await bench.ConfirmAsync(pledge.Pledge.Id);
        await bench.ReceiveAsync(pledge.Pledge.Id, "3.00");
        var part = pledge.Allocations.Single().Id;
        Assert.Contains("has confirmed", (await bench.DeclineAsync(part, Rome)).Refusal!.Detail, StringComparison.Ordinal);
        var declined = (await bench.DeclineAsync(part, City)).Value;
        Assert.Equal((0, 300, 500), (declined.Committed, declined.Received, declined.Unallocated));
        LifeBench.AssertConflict(await bench.DeclineAsync(part, City), "All of this allocation has been received");
        await bench.AssertProvedAsync();
    }

    [Fact]
    public async Task What_is_freed_of_an_ended_pledge_is_taken_back()
    {
        await bench.Forum.ProjectAsync("farm", TestForum.Money("main", 1_000));
        var pledge = await bench.Forum.PlaceAsync(TestForum.Pledge("rome", 800, "EUR", Areas.Youth) with { ValidUntil = new DateOnly(2026, 11, 24) }, "k");
        await bench.ConfirmAsync(pledge.Pledge.Id);
        bench.Forum.Clock.Advance(TimeSpan.FromDays(1));
        await bench.Forum.Get<PledgeExpiry>().RunAsync(TestForum.Stop);
        var declined = (await bench.DeclineAsync(pledge.Allocations.Single().Id, City)).Value;
        Assert.Equal((800, 0, PledgeStatus.Expired), (declined.Withdrawn, declined.Unallocated, declined.Status));
        await bench.AssertProvedAsync();
    }

    [Fact]
    public async Task Only_the_recipient_the_partner_and_staff_decline()
    {
        await bench.Forum.ProjectAsync("farm", TestForum.Money("main", 1_000));
        var part = (await bench.PledgeAsync(800, Areas.Youth)).Allocations.Single().Id;
        Assert.Equal(RefusalKind.Forbidden, (await bench.DeclineAsync(part, new Caller("x", Role.City, [], [], ["lima"]))).Refusal!.Kind);
        Assert.Equal(RefusalKind.Forbidden, (await bench.DeclineAsync(part, new Caller("x", Role.Fundraiser, ["bern"], [], []))).Refusal!.Kind);
        Assert.Null((await bench.DeclineAsync(part, Rome)).Refusal);
    }

    [Fact]
    public async Task Whether_an_unnamed_partner_pledged_is_told_to_nobody_by_a_guess()
    {
        await bench.Forum.ProjectAsync("farm", TestForum.Money("main", 1_000));
        var pledge = await bench.Forum.PlaceAsync(TestForum.Pledge("rome", 800, "EUR", Areas.Youth) with { Visibility = Visibility.Anonymous }, "k");
        var part = pledge.Allocations.Single().Id;
        var unknown = part.Replace(pledge.Pledge.Id, PledgeId.Of("rome", "another"), StringComparison.Ordinal);
        foreach (var by in (Caller[])[new Caller("x", Role.City, [], [], ["lima"]), new Caller("x", Role.Fundraiser, ["bern"], [], [])])
            foreach (var (guessed, id) in ((string, string)[])[(part, pledge.Pledge.Id), (unknown, PledgeId.Of("rome", "another"))])
            {
                Assert.Equal((RefusalKind.NotFound, $"There is no pledge '{id}'."), Told(await bench.DeclineAsync(guessed, by)));
                Assert.Equal((RefusalKind.NotFound, $"There is no allocation '{guessed}'."), Told(await bench.Forum.Commands.AcknowledgeAsync(guessed, by, TestForum.Stop)));
            }

        static (RefusalKind, string) Told(Outcome<PledgeBalance> outcome) => (outcome.Refusal!.Kind, outcome.Refusal.Detail);
    }
}
