using FundingFlow.Pledges;
using FundingFlow.Projects;
using FundingFlow.Storage;
using FundingFlow.Tests.Simulation;

namespace FundingFlow.Tests.Unit.Pledges;

/// <summary>Withdrawals at hard moments.</summary>
public class WithdrawTests
{
    private readonly LifeBench bench = new();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_pledge_over_three_areas_is_withdrawn_in_the_middle_of_ingestion(int opened)
    {
        await bench.Forum.ProjectAsync("farm", TestForum.Money("main", 5_000));
        await bench.Forum.ProjectAsync("club", TestForum.Money("main", 5_000, Areas.Sport));
        await bench.Forum.ProjectAsync("film", TestForum.Money("main", 5_000, Areas.Culture));
        var id = await bench.Forum.SubmitAsync(TestForum.Pledge("rome", 1_000, "EUR", Areas.Youth, Areas.Sport, Areas.Culture), "k");
        var message = bench.Forum.Queues.TryReceive(QueueNames.PledgesSubmitted)!.Body;
        var lines = 0;
        // Another worker withdraws it right before this line is opened.
        bench.Forum.Tables.BeforeCommit = async (_, changes) =>
        {
            if (!changes.Any(change => change.Row.Body.Contains("\"kind\":\"opened\"", StringComparison.Ordinal)) || ++lines != opened) return;
            bench.Forum.Tables.BeforeCommit = null;
            bench.Forum.Switch();
            await bench.WithdrawAsync(id);
            bench.Forum.Switch();
        };
        await bench.Forum.Get<PledgeIngestion>().IngestAsync(message, TestForum.Stop);
        await bench.Forum.SettleAsync();
        var balance = await bench.Forum.BalanceAsync(id);
        Assert.Equal((1_000, 1_000, 0, PledgeStatus.Withdrawn), (balance.Pledged, balance.Withdrawn, balance.Proposed + balance.Unallocated, balance.Status));
        // 334, 333 and 333.
        Assert.Equal([333, 333, 334], balance.Lines.Select(line => line.Withdrawn).Order());
        Assert.Equal((0, 0, 0), (await bench.FilledAsync(), await bench.FilledAsync("club", "main", Areas.Sport), await bench.FilledAsync("film", "main", Areas.Culture)));
        await bench.AssertProvedAsync();
    }

    [Fact]
    public async Task After_a_part_has_come_the_rest_is_withdrawn_and_nothing_more_is_left_to_withdraw()
    {
        await bench.Forum.ProjectAsync("farm", TestForum.Money("main", 600));
        var pledge = await bench.PledgeAsync(1_000, Areas.Youth);
        await bench.ConfirmAsync(pledge.Pledge.Id);
        await bench.ReceiveAsync(pledge.Pledge.Id, "2.50");
        var withdrawn = (await bench.WithdrawAsync(pledge.Pledge.Id)).Value;
        Assert.Equal((750, 250, 0, 250), (withdrawn.Withdrawn, withdrawn.Received, withdrawn.Committed, await bench.FilledAsync()));
        LifeBench.AssertConflict(await bench.WithdrawAsync(pledge.Pledge.Id), "withdrawn already");
        await bench.AssertProvedAsync();
    }
}
