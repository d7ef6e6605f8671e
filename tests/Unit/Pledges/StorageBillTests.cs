using FundingFlow.Pledges;
using FundingFlow.Projects;
using FundingFlow.Storage;
using FundingFlow.Tests.Simulation;

namespace FundingFlow.Tests.Unit.Pledges;

/// <summary>Storage operations are the bill: what one pledge costs from submit to placed is a promise, not an accident.</summary>
public class StorageBillTests
{
    [Fact]
    public async Task A_pledge_to_one_area_costs_seven_operations_from_submit_to_placed()
    {
        var forum = new TestForum();
        forum.Partner("rome");
        await forum.ProjectAsync("farm", TestForum.Money("main", 1_000_000));
        // The first one reads the area's positions; those that follow know them.
        await forum.PlaceAsync(TestForum.Pledge("rome", 1_000, "EUR", Areas.Youth), "first");

        forum.Tables.Operations.Reset();
        forum.Queues.Operations.Reset();
        var id = await forum.SubmitAsync(TestForum.Pledge("rome", 1_000, "EUR", Areas.Youth), "second");
        await forum.Get<PledgeIngestion>().IngestAsync(forum.Queues.TryReceive(QueueNames.PledgesSubmitted)!.Body, TestForum.Stop);

        Assert.Equal("TableRead 1, TableWrite 2, TableTransaction 1", forum.Tables.Operations.ToString());
        Assert.Equal("QueueSend 1, QueueReceive 1, QueueDelete 1", forum.Queues.Operations.ToString());
        Assert.Equal(PledgeStatus.Placed, (await forum.BalanceAsync(id)).Status);
    }
}
