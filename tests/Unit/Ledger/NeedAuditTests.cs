using FundingFlow.Access;
using FundingFlow.Ledger;
using FundingFlow.Pledges;
using FundingFlow.Projects;
using FundingFlow.Storage;
using FundingFlow.Tests.Simulation;

namespace FundingFlow.Tests.Unit.Ledger;

/// <summary>What the auditor finds at needs: what they hold, what was stated of them, and the terms that things were placed under.</summary>
public class NeedAuditTests
{
    private readonly AuditBench bench = new();

    private TestForum Forum => bench.Forum;

    [Theory]
    [InlineData("GBP", "EUR")]
    [InlineData("EUR", "GBP")]
    public async Task What_lay_at_a_need_while_it_had_another_currency_is_judged_by_that_one(string before, string after)
    {
        Forum.Rates.Quote("GBP", 0.8414m);
        Forum.Partner("rome");
        await Forum.ProjectAsync("farm", TestForum.Money("main", 5000, currency: before));
        var placed = await Forum.PlaceAsync(TestForum.Pledge("rome", 1000, "EUR", Areas.Youth), "k");
        Assert.Equal(before == "EUR" ? 1000 : 841, Assert.Single(placed.Allocations).Total.Value);
        await Forum.Commands.WithdrawAsync(placed.Pledge.Id, "w", Caller.System, TestForum.Stop);
        await Forum.ProjectAsync("farm", TestForum.Money("main", 5000, currency: after));
        Assert.Empty((await bench.AuditAsync()).Differences);
    }

    [Fact]
    public async Task A_need_at_which_something_lies_that_counts_nothing_keeps_its_unit()
    {
        Forum.Rates.Quote("RWF", 1_500m);
        Forum.Partner("rome");
        await Forum.ProjectAsync("farm", TestForum.Money("main", 1_000));
        // 30 RWF are 2 cents; the 10 that have come are less than one.
        var placed = await Forum.PlaceAsync(TestForum.Pledge("rome", 30, "RWF", Areas.Youth), "k");
        await Forum.Commands.ConfirmAsync(placed.Pledge.Id, null, "c", Caller.System, TestForum.Stop);
        await Forum.Commands.ReceiveAsync(placed.Pledge.Id, new FundingFlow.Pledges.Commands.ReceiptRequest(null, "amount", "10", null), "r", Caller.System, TestForum.Stop);
        await Forum.Commands.WithdrawAsync(placed.Pledge.Id, "w", Caller.System, TestForum.Stop);
        Assert.Equal(new Placed(10, 0), Assert.Single((await Forum.BalanceAsync(placed.Pledge.Id)).Allocations).Received);
        Assert.False(await Forum.Get<INeedLedger>().TryVacateAsync(Areas.Youth, new PartRef("farm", "main"), "test", TestForum.Stop));
        await Forum.ProjectAsync("farm", TestForum.Money("main", 1_000) with { Unit = FundingFlow.Money.Unit.Hours("coaching") });
        Assert.Equal(("EUR", true), ((await Forum.PositionAsync(Areas.Youth, "farm", "main")).Unit.Code, (await Forum.PositionAsync(Areas.Youth, "farm", "main")).Gone));
        Assert.Empty((await bench.AuditAsync()).Differences);
    }

    [Fact]
    public async Task A_part_whose_need_is_counted_in_something_else_is_found()
    {
        await bench.LiveAsync();
        await bench.ChangeAsync<Position>("need|farm|main", need => need with { Unit = FundingFlow.Money.Unit.Hours("coaching"), Rate = null });
        Assert.Contains((await bench.AuditAsync()).Differences, difference => difference.Contains("the need's unit is EUR, expected coaching (hour)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_changed_position_is_found()
    {
        await bench.LiveAsync();
        await bench.ChangeAsync<Position>("need|farm|main", need => need with { Committed = need.Committed + 1 });
        await bench.AssertFoundAsync("need farm/main in youth: committed is");
    }

    [Fact]
    public async Task A_requirement_that_nobody_stated_is_found()
    {
        await bench.LiveAsync();
        await bench.ChangeAsync<Position>("need|farm|main", need => need with { Required = 1_000_000 });
        await bench.AssertFoundAsync("need farm/main in youth: requirement is 1000000, expected");
    }

    [Fact]
    public async Task What_a_need_required_of_another_currency_does_not_excuse_what_it_holds_above_this_one()
    {
        Forum.Rates.Quote("RWF", 1_500m);
        Forum.Partner("rome");
        await Forum.ProjectAsync("farm", TestForum.Money("main", 100_000, currency: "RWF"));
        await Forum.ProjectAsync("farm", TestForum.Money("main", 1_000));
        var placed = await Forum.PlaceAsync(TestForum.Pledge("rome", 500, "EUR", Areas.Youth), "k");
        await Forum.Commands.ConfirmAsync(placed.Pledge.Id, null, "c", Caller.System, TestForum.Stop);
        await bench.ChangeAsync<Position>("need|farm|main", need => need with { Required = 400 });
        await bench.ChangeAsync<JournalEntry>("journal|farm~main|stated.farm.2", entry => entry with { RequiredAfter = 400 });
        await bench.AssertFoundAsync("need farm/main in youth: it holds 500, of which 0 is from pledges that chose its project; it never required more than 400.");
    }

    [Fact]
    public async Task Room_that_is_kept_and_not_there_is_found()
    {
        await bench.LiveAsync();
        await bench.ChangeAsync<Position>("need|farm|main", need => need with { Reservations = [new Reservation("k3v7qxwz2m4ha5bt", need.Required, TestForum.Start)] });
        await bench.AssertFoundAsync("need farm/main in youth: it requires");
    }

    [Fact]
    public async Task A_statement_of_a_need_that_was_deleted_is_missed()
    {
        await bench.LiveAsync();
        await bench.WriteAsync(RowChange.Delete((await bench.FindAsync("journal|farm~main|stated.farm.1"))!));
        await bench.AssertFoundAsync("need farm/main in youth: statement 2 says that 4000 was required before, the one before it says nothing");
    }

    [Fact]
    public async Task A_need_outside_the_city_that_a_pledge_is_earmarked_to_is_found()
    {
        Forum.Partner("rome");
        await Forum.ProjectAsync("ball", TestForum.Money("main", 500, Areas.Sport));
        var soft = await Forum.PlaceAsync(TestForum.Pledge("rome", 100, "EUR", Areas.Sport) with { Earmark = new Earmark([], ["kigali"], []) }, "soft");
        Assert.Equal(100, soft.Proposed);
        var need = (await bench.FindAsync("need|ball|main", Areas.Sport))!;
        await bench.WriteAsync(RowChange.Replace(need with { Body = Wire.Write(Wire.Read<Position>(need) with { City = "lima" }) }));
        var statement = (await bench.FindAsync("journal|ball~main|stated.ball.1", Areas.Sport))!;
        await bench.WriteAsync(RowChange.Replace(statement with { Body = Wire.Write(Wire.Read<JournalEntry>(statement) with { Terms = new NeedTerms("lima", "RW", null) }) }));
        await bench.AssertFoundAsync($"part of {soft.Pledge.Id} at ball/main in sport: the pledge is earmarked to the city kigali; the need is in lima.");
    }

    [Fact]
    public async Task A_need_that_moves_after_it_was_chosen_breaks_no_earmark()
    {
        Forum.Partner("rome");
        await Forum.ProjectAsync("ball", TestForum.Money("main", 500, Areas.Sport));
        await Forum.PlaceAsync(TestForum.Pledge("rome", 100, "EUR", Areas.Sport) with { Earmark = new Earmark([], ["kigali"], []) }, "soft");
        await Forum.ProjectAsync("ball", TestForum.Money("main", 500, Areas.Sport) with { City = "lima" });
        Assert.Empty((await bench.AuditAsync()).Differences);
    }

    [Fact]
    public async Task A_need_that_keeps_proposals_above_a_lowered_requirement_is_found()
    {
        Forum.Partner("rome");
        await Forum.ProjectAsync("farm", TestForum.Money("main", 1_000));
        await Forum.PlaceAsync(TestForum.Pledge("rome", 1_000, "EUR", Areas.Youth), "k");
        await bench.ChangeAsync<Position>("need|farm|main", need => need with { Required = 400, Statement = 2 });
        var statement = (await bench.FindAsync("journal|farm~main|stated.farm.1"))!;
        var lowered = Wire.Read<JournalEntry>(statement) with { Command = "stated.farm.2", Sequence = 2, RequiredBefore = 1_000, RequiredAfter = 400 };
        await bench.WriteAsync(RowChange.Add(new Row(Areas.Youth, "journal|farm~main|stated.farm.2", Wire.Write(lowered))));
        Forum.Clock.Advance(TimeSpan.FromMinutes(3));
        await bench.AssertFoundAsync("need farm/main in youth: it requires 400 and holds 1000; 1000 of that is only proposed, chose no project, and should have been released.");
    }
}
