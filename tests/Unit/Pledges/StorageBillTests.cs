using FundingFlow.Access;
using FundingFlow.Pledges;
using FundingFlow.Projects;
using FundingFlow.Storage;
using FundingFlow.Tests.Simulation;

namespace FundingFlow.Tests.Unit.Pledges;

/// <summary>Storage operations are the bill: what one pledge costs from submit to placed is a promise, not an accident.</summary>
public class StorageBillTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(true, "TableWrite 2, TableTransaction 1")]
    // Its split is recorded before anything is placed.
    [InlineData(false, "TableWrite 3, TableTransaction 1")]
    public async Task A_pledge_costs_six_operations_from_submit_to_placed_and_an_unearmarked_one_seven(bool toArea, string tables)
    {
        string[] areas = toArea ? [Areas.Youth] : [];
        var forum = new TestForum();
        forum.Partner("rome");
        await forum.ProjectAsync("farm", TestForum.Money("main", 1_000_000));
        // The first one reads the area's positions; those that follow know them.
        await forum.PlaceAsync(TestForum.Pledge("rome", 1_000, "EUR", areas), "first");

        forum.Tables.Operations.Reset();
        forum.Queues.Operations.Reset();
        var id = await forum.SubmitAsync(TestForum.Pledge("rome", 1_000, "EUR", areas), "second");
        await forum.Get<PledgeIngestion>().IngestAsync(forum.Queues.TryReceive(QueueNames.PledgesSubmitted)!.Body, TestForum.Stop);

        Assert.Equal(tables, forum.Tables.Operations.ToString());
        Assert.Equal("QueueSend 1, QueueReceive 1, QueueDelete 1", forum.Queues.Operations.ToString());
        Assert.Equal(PledgeStatus.Placed, (await forum.BalanceAsync(id)).Status);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(3, true)]
    [InlineData(1, false)]
    public async Task An_imported_pledge_costs_a_fifth_of_an_operation_from_its_row_to_placed(int partners, bool areas)
    {
        var forum = new TestForum();
        await forum.ProjectAsync("farm", TestForum.Money("main", 100_000_000));
        await forum.ProjectAsync("school", TestForum.Money("main", 100_000_000));
        var requests = new List<KeyedRequest>();
        for (var partner = 1; partner <= partners; partner++)
        {
            forum.Partner($"partner-{partner}");
            for (var i = 1; i <= 100; i++)
                requests.Add(new KeyedRequest(TestForum.Pledge($"partner-{partner}", 1_000, "EUR", areas ? [Areas.Youth] : []), $"row-{i}"));
        }

        // The first one reads the positions; those that follow know them.
        await forum.PlaceAsync(TestForum.Pledge("partner-1", 1_000, "EUR", areas ? [Areas.Youth] : []), "first");
        forum.Tables.Operations.Reset();
        forum.Queues.Operations.Reset();

        await forum.Get<BulkIntake>().SubmitAsync(requests, Caller.System, TestForum.Stop);
        while (forum.Queues.List(QueueNames.PledgesSubmitted).Count > 0)
            await forum.Get<PledgeIngestion>().IngestAsync(forum.Queues.TryReceive(QueueNames.PledgesSubmitted)!.Body, TestForum.Stop);
        await forum.Get<SubmittedLog>().FlushAsync(TestForum.Stop);

        var (operations, pledges) = (forum.Tables.Operations.Total + forum.Queues.Operations.Total, 100 * partners);
        output.WriteLine($"{operations} for {pledges}: {forum.Tables.Operations}, {forum.Queues.Operations}");
        Assert.True(operations <= pledges / 5, $"{operations} for {pledges}: {forum.Tables.Operations}, {forum.Queues.Operations}");
        foreach (var request in requests)
            Assert.Equal(PledgeStatus.Placed, (await forum.BalanceAsync(PledgeId.Of(request.Request.PartnerId, request.IdempotencyKey))).Status);
    }
}
