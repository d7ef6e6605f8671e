using FundingFlow.Ledger;
using FundingFlow.Pledges;
using FundingFlow.Projects;

namespace FundingFlow.Sustainability;

/// <summary>Reads what stands against a project and computes its figures for today.</summary>
public sealed class FiguresReader(ILedgerReader ledger, IPledgeDocuments pledges, ForumDay day)
{
    public async Task<(ProjectFigures Figures, IReadOnlyList<Position> Positions)> OfAsync(Project project, CancellationToken stop)
    {
        var positions = await ledger.PositionsOfAsync(project, stop);
        var parts = project.Budget.Count == 0 ? [] : await PartsOfAsync(project, stop);
        return (ProjectFigures.Of(project, positions, parts, day.Today, day.Of), positions);
    }

    private async Task<IReadOnlyList<FundedPart>> PartsOfAsync(Project project, CancellationToken stop)
    {
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
