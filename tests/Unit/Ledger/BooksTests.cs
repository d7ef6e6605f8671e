using CsCheck;
using FundingFlow.Access;
using FundingFlow.Ledger;
using FundingFlow.Pledges;
using FundingFlow.Pledges.Commands;
using FundingFlow.Projects;
using FundingFlow.Storage;
using FundingFlow.Tests.Simulation;

namespace FundingFlow.Tests.Unit.Ledger;

public class BooksTests
{
    [Fact]
    public async Task A_pledge_is_placed_confirmed_and_received_and_every_unit_is_somewhere()
    {
        var forum = new TestForum();
        forum.Partner("rome");
        await forum.ProjectAsync("farm", TestForum.Money("main", 10_000));
        var placed = await forum.PlaceAsync(TestForum.Pledge("rome", 4_000, "EUR", Areas.Youth), "k1");
        Assert.Equal(PledgeStatus.Placed, placed.Status);

        var confirmed = await forum.Commands.ConfirmAsync(placed.Pledge.Id, null, "c1", Caller.System, TestForum.Stop);
        Assert.Equal(PledgeStatus.Committed, confirmed.Value.Status);
        var received = await forum.Commands.ReceiveAsync(placed.Pledge.Id, new ReceiptRequest(null, "amount", "15.00", null), "r1", Caller.System, TestForum.Stop);
        Assert.Equal((2_500, 1_500), (received.Value.Committed, received.Value.Received));
        Assert.Equal(4_000, (await forum.PositionAsync(Areas.Youth, "farm", "main")).Funding);
        await forum.AssertBooksAsync();
    }

    [Fact]
    public async Task The_same_message_twice_places_once()
    {
        var forum = new TestForum();
        forum.Partner("rome");
        await forum.ProjectAsync("farm", TestForum.Money("main", 10_000));
        var id = await forum.SubmitAsync(TestForum.Pledge("rome", 4_000, "EUR", Areas.Youth, Areas.Sport), "k1");
        var message = forum.Queues.TryReceive(QueueNames.PledgesSubmitted)!.Body;
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => forum.Get<PledgeIngestion>().IngestAsync(message, TestForum.Stop)));
        var balance = await forum.BalanceAsync(id);
        Assert.Equal((2_000, 2_000), (balance.Proposed, balance.Unallocated));
        await forum.AssertBooksAsync();
    }

    [Fact]
    public async Task The_same_key_with_other_content_is_a_conflict_and_changes_nothing()
    {
        var forum = new TestForum();
        forum.Partner("rome");
        var id = await forum.SubmitAsync(TestForum.Pledge("rome", 4_000, "EUR", Areas.Youth), "k1");
        Assert.Equal(id, await forum.SubmitAsync(TestForum.Pledge("rome", 4_000, "EUR", Areas.Youth), "k1"));
        var other = await forum.Get<IPledgeIntake>().SubmitAsync(TestForum.Pledge("rome", 5_000, "EUR", Areas.Youth), "k1", Caller.System, TestForum.Stop);
        Assert.Equal(FundingFlow.Validation.RefusalKind.Conflict, other.Refusal!.Kind);
        await forum.SettleAsync();
        Assert.Equal(4_000, (await forum.BalanceAsync(id)).Pledged);
    }

    [Fact]
    public async Task What_finds_no_need_stands_and_is_placed_when_one_appears()
    {
        var forum = new TestForum();
        forum.Partner("rome");
        var unearmarked = await forum.PlaceAsync(TestForum.Pledge("rome", 4_000), "k1");
        var youth = await forum.PlaceAsync(TestForum.Pledge("rome", 1_000, "EUR", Areas.Youth), "k2");
        Assert.Equal((PledgeStatus.Open, "no-need"), (unearmarked.Status, unearmarked.Lines.Single().Standing));
        await forum.ProjectAsync("farm", TestForum.Money("main", 3_000));
        await forum.SettleAsync();
        Assert.Equal(1_000, (await forum.BalanceAsync(youth.Pledge.Id)).Proposed);
        var moved = await forum.BalanceAsync(unearmarked.Pledge.Id);
        Assert.Equal((2_000, 2_000, 0), (moved.Proposed, moved.Unallocated, moved.InTransit));
        await forum.AssertBooksAsync();
    }

    [Fact]
    public async Task A_rate_quoted_later_frees_what_stood_for_it()
    {
        var forum = new TestForum();
        forum.Partner("rome");
        await forum.ProjectAsync("farm", TestForum.Money("main", 100_000_00, currency: "RWF"));
        var placed = await forum.PlaceAsync(TestForum.Pledge("rome", 50_000, "RWF", Areas.Youth), "k1");
        Assert.Equal("no-rate", placed.Lines.Single().Standing);
        forum.Rates.Quote("RWF", 1570.25m);
        await forum.Queues.SendAsync(QueueNames.LinesToReopen, Wire.Write(new ReopenLines(1, null, Areas.Youth)), TestForum.Stop);
        await forum.SettleAsync();
        Assert.Equal(50_000, (await forum.BalanceAsync(placed.Pledge.Id)).Proposed);
        await forum.AssertBooksAsync();
    }

    [Fact]
    public async Task A_withdrawal_frees_all_but_what_was_received_and_another_takes_the_room()
    {
        var forum = new TestForum();
        forum.Partner("rome");
        await forum.ProjectAsync("farm", TestForum.Money("main", 4_000));
        var first = await forum.PlaceAsync(TestForum.Pledge("rome", 4_000, "EUR", Areas.Youth), "k1");
        var second = await forum.PlaceAsync(TestForum.Pledge("rome", 4_000, "EUR", Areas.Youth), "k2");
        await forum.Commands.ConfirmAsync(first.Pledge.Id, null, "c", Caller.System, TestForum.Stop);
        await forum.Commands.ReceiveAsync(first.Pledge.Id, new ReceiptRequest(null, "amount", "10", null), "r", Caller.System, TestForum.Stop);
        var withdrawn = await forum.Commands.WithdrawAsync(first.Pledge.Id, "w", Caller.System, TestForum.Stop);
        Assert.Equal((PledgeStatus.Withdrawn, 3_000, 1_000), (withdrawn.Value.Status, withdrawn.Value.Withdrawn, withdrawn.Value.Received));
        await forum.SettleAsync();
        Assert.Equal(3_000, (await forum.BalanceAsync(second.Pledge.Id)).Proposed);
        await forum.AssertBooksAsync();
    }

    [Fact]
    public async Task A_withdrawal_before_ingestion_leaves_nothing_for_the_late_message_to_open()
    {
        var forum = new TestForum();
        forum.Partner("rome");
        await forum.ProjectAsync("farm", TestForum.Money("main", 4_000));
        foreach (var (key, areas) in new[] { ("split", new[] { Areas.Youth, Areas.Sport, Areas.Culture }), ("free", Array.Empty<string>()) })
        {
            var id = await forum.SubmitAsync(TestForum.Pledge("rome", 4_000, "EUR", areas), key);
            Assert.Equal(4_000, (await forum.Commands.WithdrawAsync(id, "w", Caller.System, TestForum.Stop)).Value.Withdrawn);
            await forum.SettleAsync();
            Assert.Equal((4_000, 0), ((await forum.BalanceAsync(id)).Withdrawn, (await forum.BalanceAsync(id)).Proposed));
        }

        await forum.AssertBooksAsync();
    }

    [Fact]
    public async Task What_is_received_above_what_is_owed_grows_the_pledge_and_stands()
    {
        var forum = new TestForum();
        forum.Partner("rome");
        await forum.ProjectAsync("farm", TestForum.Money("main", 4_000));
        var pledge = await forum.PlaceAsync(TestForum.Pledge("rome", 4_000, "EUR", Areas.Youth), "k1");
        await forum.Commands.ConfirmAsync(pledge.Pledge.Id, null, "c", Caller.System, TestForum.Stop);
        var received = await forum.Commands.ReceiveAsync(pledge.Pledge.Id, new ReceiptRequest(null, "amount", "50.00", null), "r", Caller.System, TestForum.Stop);
        Assert.Equal((5_000, 4_000, 1_000), (received.Value.Pledged, received.Value.Received, received.Value.Unallocated));
        var again = await forum.Commands.ReceiveAsync(pledge.Pledge.Id, new ReceiptRequest(null, "amount", "50.00", null), "r", Caller.System, TestForum.Stop);
        Assert.Equal(5_000, again.Value.Pledged);
        await forum.AssertBooksAsync();
    }

    [Fact]
    public async Task A_tight_earmark_displaces_proposals_that_then_find_another_place()
    {
        var forum = new TestForum();
        forum.Partner("rome");
        await forum.ProjectAsync("farm", TestForum.Money("main", 4_000));
        var free = await forum.PlaceAsync(TestForum.Pledge("rome", 4_000, "EUR", Areas.Youth), "k1");
        await forum.ProjectAsync("school", TestForum.Money("main", 4_000));
        var tight = await forum.PlaceAsync(TestForum.Pledge("rome", 5_000) with { Earmark = new Earmark(["farm"], [], []) }, "k2");
        Assert.Equal(("farm", 5_000), (tight.Allocations.Single().ProjectId, tight.Proposed));
        Assert.Equal("school", (await forum.BalanceAsync(free.Pledge.Id)).Allocations.Single().ProjectId);
        await forum.AssertBooksAsync(mayOverfill: true);
    }

    [Fact]
    public async Task Lowering_a_need_releases_what_is_proposed_and_leaves_what_is_committed_visible()
    {
        var forum = new TestForum();
        forum.Partner("rome");
        await forum.ProjectAsync("farm", TestForum.Money("main", 4_000));
        var kept = await forum.PlaceAsync(TestForum.Pledge("rome", 2_000, "EUR", Areas.Youth), "k1");
        await forum.Commands.ConfirmAsync(kept.Pledge.Id, null, "c", Caller.System, TestForum.Stop);
        var released = await forum.PlaceAsync(TestForum.Pledge("rome", 2_000, "EUR", Areas.Youth), "k2");
        await forum.ProjectAsync("farm", TestForum.Money("main", 1_000));
        var position = await forum.PositionAsync(Areas.Youth, "farm", "main");
        Assert.Equal((1_000, 0, 2_000), (position.Required, position.Proposed, position.Committed));
        Assert.Equal(2_000, (await forum.BalanceAsync(released.Pledge.Id)).Unallocated);
        await forum.AssertBooksAsync(mayOverfill: true);
    }

    [Fact]
    public async Task A_line_with_more_parts_than_a_transaction_holds_goes_in_several()
    {
        var forum = new TestForum();
        forum.Partner("rome");
        for (var i = 0; i < 90; i++) await forum.ProjectAsync($"p{i:D3}", TestForum.Money("main", 100));
        var placed = await forum.PlaceAsync(TestForum.Pledge("rome", 9_500, "EUR", Areas.Youth), "k1");
        Assert.Equal((90, 500), (placed.Allocations.Count, placed.Unallocated));
        var confirmed = await forum.Commands.ConfirmAsync(placed.Pledge.Id, null, "c", Caller.System, TestForum.Stop);
        Assert.Equal(9_000, confirmed.Value.Committed);
        var withdrawn = await forum.Commands.WithdrawAsync(placed.Pledge.Id, "w", Caller.System, TestForum.Stop);
        Assert.Equal(9_500, withdrawn.Value.Withdrawn);
        await forum.AssertBooksAsync();
    }

    [Fact]
    public async Task An_import_that_states_a_receipt_is_received_at_once_at_its_stated_value()
    {
        var forum = new TestForum();
        forum.Partner("luxembourg");
        forum.Rates.Quote("USD", 1.0889m);
        await forum.ProjectAsync("plan", TestForum.Money("main", 1_131_050_820_00, currency: "USD"));
        var request = TestForum.Pledge("luxembourg", 500_000_00) with
        {
            Earmark = new Earmark(["plan"], [], []),
            Stated = new StatedValue(606_796_00, "USD"),
            Status = StatedStatus.Receipt,
            PastDatesAllowed = true,
        };
        var placed = await forum.PlaceAsync(request, "228238");
        Assert.Equal(PledgeStatus.Fulfilled, placed.Status);
        Assert.Equal(606_796_00, (await forum.PositionAsync(Areas.Youth, "plan", "main")).Received);
        await forum.AssertBooksAsync();
    }

    [Fact]
    public void Whatever_is_pledged_confirmed_received_and_withdrawn_in_any_order_balances()
        => Gen.Select(Gen.Int[0, 4], Gen.Int[0, 5], Gen.Long[1, 3_000], Gen.Int[0, 3]).Array[1, 14].Sample(steps =>
        {
            RunAsync(steps).GetAwaiter().GetResult();
            return true;
        }, iter: 300);

    private static async Task RunAsync((int Action, int Which, long Minor, int Area)[] steps)
    {
        string[][] areas = [[Areas.Youth], [Areas.Youth, Areas.Sport], [], [Areas.Culture]];
        var forum = new TestForum();
        forum.Partner("rome");
        await forum.ProjectAsync("farm", TestForum.Money("main", 2_000, minimum: 500), TestForum.Money("ball", 700, Areas.Sport));
        var ids = new List<string>();
        foreach (var (step, i) in steps.Select((step, i) => (step, i)))
        {
            var id = ids.Count > 0 ? ids[step.Which % ids.Count] : null;
            if (step.Action <= 1 || id is null)
                ids.Add((await forum.PlaceAsync(TestForum.Pledge("rome", step.Minor, "EUR", areas[step.Area]), $"k{i}")).Pledge.Id);
            else if (step.Action == 2)
                await forum.Commands.ConfirmAsync(id, null, $"c{i}", Caller.System, TestForum.Stop);
            else if (step.Action == 3)
                await forum.Commands.ReceiveAsync(id, new ReceiptRequest(null, "amount", FundingFlow.Money.Decimals.Write(step.Minor, 2), null), $"r{i}", Caller.System, TestForum.Stop);
            else
                await forum.Commands.WithdrawAsync(id, $"w{i}", Caller.System, TestForum.Stop);
            await forum.AssertBooksAsync();
        }

        await forum.SettleAsync();
        await forum.AssertBooksAsync();
    }
}
