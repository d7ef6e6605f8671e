using FundingFlow.Matching;
using FundingFlow.Pledges;

namespace FundingFlow.Ledger;

/// <summary>
/// Plans for lines, with what the share cap asks to be read: the partner's parts at those projects that the plan would go to. Where
/// no cap is set it reads nothing.
/// </summary>
internal sealed class LinePlanner(AreaBooks books, PlacingPolicy policy, ForumCalendar calendar)
{
    public DateOnly Today => calendar.Today;

    /// <summary>Whether the cap has a say when this line is placed in this area.</summary>
    public int? SharePercentFor(Line line, string area) => line.Earmark.IsTight ? null : policy.In(area).SharePercent;

    public async Task<PlacementPlan> PlanAsync(Line line, IReadOnlyList<NeedTable> areas, bool overfill, CancellationToken stop)
    {
        for (var held = new Holdings(); ;)
        {
            var plan = Placement.Of(line, areas, policy, calendar.Today, overfill, held);
            var unread = plan.Parts.Select(part => (part.Need.Area, part.Need.ProjectId)).Distinct()
                .Where(project => SharePercentFor(line, project.Area) is not null && !held.Knows(project.Area, project.ProjectId)).ToList();
            if (unread.Count == 0) return plan;
            foreach (var (area, project) in unread)
                held.Add(area, project, [.. (await books.PartsOfProjectAsync(area, project, stop)).Where(part => part.PartnerId == line.Donor.PartnerId)]);
        }
    }

    /// <summary>Which areas would take a line that names none.</summary>
    public async Task<IReadOnlyList<LineSplit>> SplitAsync(Line line, IReadOnlyList<NeedTable> allAreas, CancellationToken stop)
        => LineSplitter.Split(await PlanAsync(line, allAreas, overfill: true, stop));

    /// <summary>As <see cref="SplitAsync"/> one line after the other: each finds the needs as those before it leave them.</summary>
    /// <returns>One split per line, in order.</returns>
    public async Task<IReadOnlyList<IReadOnlyList<LineSplit>>> SplitTogetherAsync(IEnumerable<Line> lines, IReadOnlyList<NeedTable> allAreas, CancellationToken stop)
    {
        var areas = allAreas.Select(needs => needs.Copy()).ToList();
        var splits = new List<IReadOnlyList<LineSplit>>();
        foreach (var line in lines)
        {
            var plan = await PlanAsync(line, areas, overfill: true, stop);
            foreach (var part in plan.Parts)
                areas.First(needs => needs.Area == part.Need.Area).Put(part.Need with { Proposed = checked(part.Need.Proposed + part.Amount.Value) });
            splits.Add(LineSplitter.Split(plan));
        }

        return splits;
    }

    /// <summary>Whether a transaction is worth its reads: there is room for something, or something can be said that was not known.</summary>
    public bool MayFit(Line line, NeedTable needs)
    {
        if (line.Unit.IsMoney && line.Rate is null) return true;
        var plan = Placement.Of(line, [needs], policy, calendar.Today, overfill: true);
        return plan.Parts.Count > 0 || (plan.Standing == Standing.Expired && line.Standing != Standing.Expired);
    }
}

/// <summary>
/// One row per partner and area, written with every placement under a share cap: two that run at once, on whichever needs, cannot both
/// be committed without the second having seen the first.
/// </summary>
/// <param name="Placements">Counts them.</param>
public sealed record PartnerGuard(int V, string PartnerId, int Placements);
