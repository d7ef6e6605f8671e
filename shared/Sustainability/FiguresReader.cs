using FundingFlow.Ledger;
using FundingFlow.Pledges;
using FundingFlow.Projects;

namespace FundingFlow.Sustainability;

/// <summary>Reads what stands against a project and computes its figures for today.</summary>
public sealed class FiguresReader(ILedgerReader ledger, IPledgeDocuments pledges, ForumCalendar calendar) : ISecuredUntil
{
    public async Task<ProjectFigures> FiguresOfAsync(Project project, IReadOnlyList<Position> positions, CancellationToken stop)
        => ProjectFigures.Of(project, positions, await PartsOfAsync(project, stop), calendar.Today, calendar.DayOf);

    /// <inheritdoc/>
    public async Task<DateOnly?> OfAsync(Project project, CancellationToken stop)
        => ProjectFigures.Of(project, [], await PartsOfAsync(project, stop), calendar.Today, calendar.DayOf).SecuredUntil;

    /// <summary>Without a budget nobody asks when money comes.</summary>
    private async Task<IReadOnlyList<FundedPart>> PartsOfAsync(Project project, CancellationToken stop)
    {
        if (project.Budget.Count == 0) return [];
        var parts = new List<FundedPart>();
        foreach (var allocation in await ledger.AllocationsOfAsync(project, stop))
        {
            if (allocation.Committed.Value + allocation.Received.Value == 0) continue;
            parts.Add(new FundedPart(allocation, await ScheduleOfAsync(allocation, stop)));
        }

        return parts;
    }

    /// <summary>Only what has still to come needs a schedule.</summary>
    private async Task<IReadOnlyList<Instalment>> ScheduleOfAsync(Allocation allocation, CancellationToken stop)
        => allocation.Committed.Value == 0 ? [] : (await pledges.FindAsync(allocation.PledgeId, stop))?.Schedule ?? [];
}
