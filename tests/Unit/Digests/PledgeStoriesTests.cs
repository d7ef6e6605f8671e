using FundingFlow.Digests;
using FundingFlow.Ledger;
using FundingFlow.Pledges;
using FundingFlow.Projects;
using FundingFlow.Tests.Simulation;
using FundingFlow.Tests.Unit.Pledges;

namespace FundingFlow.Tests.Unit.Digests;

public class PledgeStoriesTests
{
    private readonly LifeBench bench = new();

    [Fact]
    public async Task That_a_partner_was_told_is_no_news_to_tell()
    {
        await bench.Forum.ProjectAsync("farm", TestForum.Money("main", 1_000));
        var pledge = await bench.PledgeAsync(1_000, Areas.Youth);
        var before = (await StoryAsync()).LastChangedAt;
        bench.Forum.Clock.Advance(TimeSpan.FromDays(7));
        await bench.Forum.Get<Books>().TellAsync(pledge.Allocations, TestForum.Stop);
        Assert.NotNull((await StoryAsync()).Parts[0].ToldAt);
        Assert.Equal(before, (await StoryAsync()).LastChangedAt);
        await bench.ConfirmAsync(pledge.Pledge.Id);
        Assert.Equal(bench.Forum.Clock.GetUtcNow(), (await StoryAsync()).LastChangedAt);
    }

    [Fact]
    public async Task What_an_amendment_raised_is_told_wherever_it_lies()
    {
        await bench.Forum.ProjectAsync("farm", TestForum.Money("main", 1_000));
        var pledge = await bench.PledgeAsync(1_000);
        await bench.Forum.ProjectAsync("club", TestForum.Money("main", 300, Areas.Sport));
        await bench.AmendAsync(pledge.Pledge.Id, LifeBench.To("15.00"));
        var story = await StoryAsync();
        Assert.Equal([("farm", 1_000L), ("club", 300L)], story.Parts.Select(part => (part.ProjectId, part.Total.Minor)));
        Assert.Equal(200, story.Lines.Sum(line => line.Unallocated));
    }

    [Fact]
    public async Task What_was_received_above_what_was_owed_is_told_as_pledged()
    {
        await bench.Forum.ProjectAsync("farm", TestForum.Money("main", 1_000));
        var pledge = await bench.PledgeAsync(1_000, Areas.Youth);
        await bench.ConfirmAsync(pledge.Pledge.Id);
        await bench.ReceiveAsync(pledge.Pledge.Id, "12.00");
        var story = await StoryAsync();
        Assert.Equal((1_200, 1_000, 200), (story.Pledged, story.Parts.Sum(part => part.Received.Minor), story.Lines.Sum(line => line.Unallocated)));
    }

    private async Task<PledgeStory> StoryAsync()
        => Assert.Single(await new PledgeStories(new PledgeDocuments(bench.Forum.Get<PledgeStore>()), bench.Forum.Get<PledgeBooks>()).OfPartnerAsync("rome", TestForum.Stop));
}
