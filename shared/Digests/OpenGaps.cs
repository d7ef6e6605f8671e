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

    /// <param name="Needs">Money needs that lack something, in projects that take something.</param>
    /// <param name="Largest">Over all of them.</param>
    private sealed record Known(DateTimeOffset At, IReadOnlyList<Position> Needs, OpenGap? Largest);

    private readonly ConcurrentDictionary<string, Known> known = new(StringComparer.Ordinal);

    /// <summary>
    /// The largest gap (requirement less committed and received) of each area, in projects that have not ended and are not closed; valued in
    /// the Forum's currency, and up to a minute old.
    /// </summary>
    /// <param name="exclusions">Where the partner does not give, and is not asked to; null: nowhere.</param>
    public async Task<IReadOnlyList<OpenGap>> LargestAsync(IEnumerable<string> areas, Exclusions? exclusions, CancellationToken stop)
    {
        var found = new List<OpenGap>();
        foreach (var area in areas)
        {
            if (!known.TryGetValue(area, out var kept) || calendar.Now - kept.At >= KeptFor) known[area] = kept = await ReadAsync(area, stop);
            var largest = exclusions is null ? kept.Largest
                : await LargestAsync(area, kept.Needs.Where(need => !exclusions.Cover(need.Area, need.ProjectId, need.City, need.Country)), stop);
            if (largest is not null) found.Add(largest);
        }

        return found;
    }

    private async Task<Known> ReadAsync(string area, CancellationToken stop)
    {
        var today = calendar.Today;
        List<Position> needs = [.. (await ledger.PositionsAsync(area, stop))
            .Where(position => position is { Unit.IsMoney: true, Rate: not null, Closed: false } && !(position.EndsOn < today) && GapOf(position) > 0)];
        return new Known(calendar.Now, needs, await LargestAsync(area, needs, stop));
    }

    private async Task<OpenGap?> LargestAsync(string area, IEnumerable<Position> lacking, CancellationToken stop)
    {
        var gaps = lacking
            .GroupBy(position => position.ProjectId, StringComparer.Ordinal)
            .Select(needs => (ProjectId: needs.Key, Minor: needs.Sum(GapOf), InReporting: needs.Sum(need => need.Rate!.ToReporting(GapOf(need)))))
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
