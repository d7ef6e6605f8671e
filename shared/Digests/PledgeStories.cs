using FundingFlow.Pledges;

namespace FundingFlow.Digests;

/// <summary>Reads what became of a partner's pledges. The only place of this room that knows how they are stored.</summary>
public sealed class PledgeStories(IPledgeDocuments pledges, PledgeBooks books)
{
    /// <summary>Entries of a pledge's history that are no news: our own digest, and what a rebalance held back and let go.</summary>
    private static readonly string[] Silent = ["told", "freed"];

    /// <summary>Those with the latest change first.</summary>
    public async Task<IReadOnlyList<PledgeStory>> OfPartnerAsync(string partnerId, CancellationToken stop)
    {
        var stories = new List<PledgeStory>();
        await foreach (var pledge in pledges.OfPartnerAsync(partnerId, stop)) stories.Add(await OfAsync(pledge, stop));
        return [.. stories.OrderByDescending(story => story.LastChangedAt).ThenBy(story => story.Pledge.Id, StringComparer.Ordinal)];
    }

    private async Task<PledgeStory> OfAsync(Pledge pledge, CancellationToken stop)
    {
        var balance = await books.ReadAsync(pledge, stop);
        var changes = (await books.HistoryAsync(balance, stop)).Select(change => change.Entry).Where(entry => !Silent.Contains(entry.Kind)).Select(entry => entry.At);
        return new PledgeStory(
            pledge, balance.Lines, [.. balance.Allocations.OrderByDescending(part => part.Total.Minor).ThenBy(part => part.Id, StringComparer.Ordinal)],
            balance.Pledged, changes.Append(pledge.SubmittedAt).Max());
    }
}
