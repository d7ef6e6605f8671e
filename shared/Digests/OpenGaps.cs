using System.Collections.Concurrent;
using FundingFlow.Cities;
using FundingFlow.Ledger;
using FundingFlow.Partners;
using FundingFlow.Projects;

namespace FundingFlow.Digests;

/// <summary>Finds the project that lacks most money in some areas. Safe for concurrent use.</summary>
public sealed class OpenGaps(IProjects projects, ICities cities, ILedgerReader ledger, ForumCalendar calendar)
{
    /// <summary>All digests of a run ask the same, and each answer reads every need of an area.</summary>
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, (DateTimeOffset At, OpenGap? Largest)> known = new(StringComparer.Ordinal);

    /// <summary>
    /// The largest gap (requirement less committed and received) of each area, in projects that have not ended; valued in the Forum's currency,
    /// and up to a minute old.
    /// </summary>
    public async Task<IReadOnlyList<OpenGap>> LargestAsync(IEnumerable<string> areas, CancellationToken stop)
    {
        var found = new List<OpenGap>();
        foreach (var area in areas)
        {
            if (!known.TryGetValue(area, out var kept) || calendar.Now - kept.At >= KeptFor) known[area] = kept = (calendar.Now, await LargestAsync(area, stop));
            if (kept.Largest is { } largest) found.Add(largest);
        }

        return found;
    }

    private async Task<OpenGap?> LargestAsync(string area, CancellationToken stop)
    {
        var today = calendar.Today;
        var gaps = (await ledger.PositionsAsync(area, stop))
            .Where(position => position is { Unit.IsMoney: true, Rate: not null } && !(position.EndsOn < today))
            .GroupBy(position => position.ProjectId, StringComparer.Ordinal)
            .Select(needs => (ProjectId: needs.Key, Minor: needs.Sum(GapOf), InReporting: needs.Sum(need => need.Rate!.ToReporting(GapOf(need)))))
            .Where(gap => gap.Minor > 0)
            .OrderByDescending(gap => gap.InReporting).ThenBy(gap => gap.ProjectId, StringComparer.Ordinal);
        foreach (var gap in gaps.Take(1))
            if (await projects.FindAsync(gap.ProjectId, stop) is { } project)
                return new OpenGap(new ProjectStory(project, await cities.FindAsync(project.City, stop), []), area, gap.Minor, gap.InReporting);
        return null;
    }

    /// <summary>What the contact chose; else the partner's interests; else all.</summary>
    public static IReadOnlyList<string> AreasOf(Partner partner, Contact contact)
        => contact.Digest.Areas.Count > 0 ? contact.Digest.Areas : partner.Interests.Count > 0 ? partner.Interests : Areas.All;

    private static long GapOf(Position position) => Math.Max(0, position.Required - position.Funding);
}
