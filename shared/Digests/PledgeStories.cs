using FundingFlow.Ledger;
using FundingFlow.Pledges;
using FundingFlow.Projects;

namespace FundingFlow.Digests;

/// <summary>Reads what became of a partner's pledges. The only place of this room that knows how they are stored.</summary>
public sealed class PledgeStories(IPledgeDocuments pledges, ILedgerReader ledger)
{
    /// <summary>Those with the latest change first.</summary>
    public async Task<IReadOnlyList<PledgeStory>> OfPartnerAsync(string partnerId, CancellationToken stop)
    {
        var stories = new List<PledgeStory>();
        await foreach (var pledge in pledges.OfPartnerAsync(partnerId, stop)) stories.Add(await OfAsync(pledge, stop));
        return [.. stories.OrderByDescending(story => story.LastChangedAt).ThenBy(story => story.Pledge.Id, StringComparer.Ordinal)];
    }

    private async Task<PledgeStory> OfAsync(Pledge pledge, CancellationToken stop)
    {
        var lines = new List<Line>();
        var parts = new List<Allocation>();
        var last = pledge.SubmittedAt;
        var areas = new Queue<string>(FirstAreasOf(pledge));
        for (var seen = new HashSet<string>(StringComparer.Ordinal); areas.TryDequeue(out var area);)
        {
            if (!seen.Add(area) || await ledger.LineAsync(area, pledge.Id, stop) is not { } line) continue;
            lines.Add(line);
            foreach (var sending in line.Sendings) areas.Enqueue(sending.Area);
            foreach (var part in line.Parts)
                if (await ledger.AllocationAsync(area, pledge.Id, part.ProjectId, part.NeedId, stop) is { } found) parts.Add(found);
            var history = await ledger.HistoryAsync(area, pledge.Id, stop);
            if (history.Count > 0 && history[^1].At > last) last = history[^1].At;
        }

        return new PledgeStory(pledge, lines, [.. parts.OrderByDescending(part => part.Total.Minor).ThenBy(part => part.Id, StringComparer.Ordinal)], last);
    }

    /// <summary>Where its lines were opened; from there its parts can only have been sent on.</summary>
    private static IEnumerable<string> FirstAreasOf(Pledge pledge)
        => pledge.Split is { } split ? split.Select(line => line.Area) : [.. pledge.Areas.Select(share => share.Area), Areas.Any];
}
