using FundingFlow.Pledges;
using FundingFlow.Projects;
using FundingFlow.Storage;
using FundingFlow.Tests.Simulation;

namespace FundingFlow.Tests.Unit.Pledges;

/// <summary>What a message may say by itself, and where the pledge's row has the last word.</summary>
public class IngestionTests
{
    private readonly LifeBench bench = new();

    private TestForum Forum => bench.Forum;

    [Fact]
    public async Task A_message_that_is_put_back_by_hand_after_its_failure_places_the_pledge_and_ends_the_failure()
    {
        await Forum.ProjectAsync("farm", TestForum.Money("main", 1_000));
        var (id, message) = await SubmittedAsync(800);
        await Forum.Get<PledgeStore>().ChangeAsync(id, pledge => pledge with { Failure = "It could not be placed." }, TestForum.Stop);
        Forum.Clock.Advance(TimeSpan.FromMinutes(1));
        await IngestAsync(message);
        Assert.Equal((800, null), ((await Forum.BalanceAsync(id)).Proposed, (await Forum.Get<PledgeStore>().FindAsync(id, TestForum.Stop))!.Value.Failure));
        await bench.AssertProvedAsync();
    }

    [Fact]
    public async Task A_message_of_our_form_that_the_intake_did_not_send_places_what_the_row_says()
    {
        await Forum.ProjectAsync("farm", TestForum.Money("main", 1_000));
        var (id, message) = await SubmittedAsync(800);
        var read = Wire.Read<PledgesSubmitted>(message);
        var altered = read.Pledges[0] with { Resource = read.Pledges[0].Resource with { Minor = 700 } };
        await IngestAsync(Wire.Write(read with { Accepted = false, Pledges = [altered] }));
        Assert.Equal(800, (await Forum.BalanceAsync(id)).Proposed);
        await bench.AssertProvedAsync();
    }

    [Fact]
    public async Task Other_content_under_an_accepted_key_is_dropped_and_kept_for_staff()
    {
        await Forum.ProjectAsync("farm", TestForum.Money("main", 1_000));
        var (id, message) = await SubmittedAsync(800);
        var read = Wire.Read<PledgesSubmitted>(message);
        await IngestAsync(Wire.Write(read with { Accepted = false, Pledges = [read.Pledges[0] with { ContentHash = "other" }] }));
        var kept = Wire.Read<FailedMessage>(Assert.Single((await Forum.Tables.PageAsync(TableNames.Failures, "dropped", 10, null, TestForum.Stop)).Rows));
        Assert.Equal((id, 0), (kept.PledgeId, await bench.FilledAsync()));
        await IngestAsync(message);
        Assert.Equal(800, (await Forum.BalanceAsync(id)).Proposed);
        await bench.AssertProvedAsync();
    }

    [Fact]
    public async Task A_message_that_comes_after_its_pledge_was_amended_opens_nothing_twice()
    {
        await Forum.ProjectAsync("farm", TestForum.Money("main", 1_000));
        var (id, message) = await SubmittedAsync(800);
        Assert.Null((await bench.AmendAsync(id, LifeBench.To("5.00"))).Refusal);
        await IngestAsync(message);
        await IngestAsync(message);
        var balance = await Forum.BalanceAsync(id);
        Assert.Equal((500, 500), (balance.Pledged, balance.Proposed));
        await bench.AssertProvedAsync();
    }

    [Fact]
    public async Task A_split_that_was_recorded_after_the_message_was_sent_is_the_one_that_is_placed()
    {
        await Forum.ProjectAsync("farm", TestForum.Money("main", 1_000));
        var (id, message) = await SubmittedAsync(800, []);
        await Forum.Get<PledgeStore>().ChangeAsync(id, pledge => pledge with { Split = [new LineSplit(Areas.Sport, 300), new LineSplit(Areas.Youth, 500)] }, TestForum.Stop);
        await IngestAsync(message);
        await IngestAsync(message);
        var balance = await Forum.BalanceAsync(id);
        Assert.Equal([(Areas.Sport, 300), (Areas.Youth, 500)], balance.Lines.Select(line => (line.Area, line.Amount)));
        Assert.Equal((500, 300), (balance.Proposed, balance.Unallocated));
        await bench.AssertProvedAsync();
    }

    [Fact]
    public async Task An_unearmarked_pledge_that_was_withdrawn_before_its_message_came_is_placed_nowhere()
    {
        await Forum.ProjectAsync("farm", TestForum.Money("main", 1_000));
        var (id, message) = await SubmittedAsync(800, []);
        // Its row says so, and no line yet.
        await Forum.Get<PledgeStore>().ChangeAsync(id, pledge => pledge with { Withdrawn = true, Version = 2 }, TestForum.Stop);
        await IngestAsync(message);
        var balance = await Forum.BalanceAsync(id);
        Assert.Equal((0, 800), (await bench.FilledAsync(), balance.Withdrawn));
        await bench.AssertProvedAsync();
    }

    private async Task<(string Id, string Message)> SubmittedAsync(long minor, string[]? areas = null)
    {
        var id = await Forum.SubmitAsync(TestForum.Pledge("rome", minor, "EUR", areas ?? [Areas.Youth]), "k");
        return (id, Forum.Queues.TryReceive(QueueNames.PledgesSubmitted)!.Body);
    }

    private Task IngestAsync(string message) => Forum.Get<PledgeIngestion>().IngestAsync(message, TestForum.Stop);
}
