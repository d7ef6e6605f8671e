using FundingFlow.Cities;
using FundingFlow.Ledger;
using FundingFlow.Partners;
using FundingFlow.Projects;
using Microsoft.Extensions.Options;

namespace FundingFlow.Digests;

/// <summary>Reads everything that one contact's digest tells of.</summary>
public sealed class DigestReader(
    PledgeStories stories, OpenGaps gaps, IProjects projects, ICities cities, ILedgerReader ledger, ForumCalendar calendar,
    IOptions<FundingFlowOptions> forum, IOptions<DigestOptions> options)
{
    /// <param name="last">When the contact's last digest went out, of whatever period; null: none did.</param>
    public async Task<DigestData> ReadAsync(Partner partner, Contact contact, DigestPeriod period, DateTimeOffset? last, CancellationToken stop)
    {
        var pledges = await stories.OfPartnerAsync(partner.Id, stop);
        var reached = pledges.SelectMany(story => story.Parts).Select(part => part.ProjectId).Distinct(StringComparer.Ordinal);
        return new DigestData(
            partner, contact, Language.Of(contact.Language), period, calendar.Today,
            last ?? ContactZone.StartOf(period.From, ContactZone.Of(contact, forum.Value.TimeZone)),
            pledges, await ProjectsAsync(reached, stop), await gaps.LargestAsync(OpenGaps.AreasOf(partner, contact), partner.Exclusions, stop),
            options.Value.DueAheadDays, options.Value.ReplyTo);
    }

    private async Task<IReadOnlyDictionary<string, ProjectStory>> ProjectsAsync(IEnumerable<string> ids, CancellationToken stop)
    {
        var found = new Dictionary<string, ProjectStory>(StringComparer.Ordinal);
        foreach (var id in ids)
            if (await projects.FindAsync(id, stop) is { } project)
                found[id] = new ProjectStory(project, await cities.FindAsync(project.City, stop), await ledger.PositionsOfAsync(project, stop));
        return found;
    }
}
