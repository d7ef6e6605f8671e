using FundingFlow.Access;
using FundingFlow.Ledger;
using FundingFlow.Partners;
using FundingFlow.Storage;
using FundingFlow.Validation;

namespace FundingFlow.Projects;

/// <summary>GET of one project: its row, its books, what is computed of them.</summary>
public sealed class ProjectReader(
    ProjectDirectory projects, ILedgerReader books, IPartners partners, ISecuredUntil securedUntil, ForumCalendar calendar)
{
    public async Task<Outcome<Storage.Stored<ProjectView>>> GetAsync(string id, Caller caller, CancellationToken stop)
    {
        if (await projects.StoredAsync(id, stop) is not { } stored) return Refusal.NotFound($"There is no project {id}.");
        return new Storage.Stored<ProjectView>(await ViewAsync(stored.Value, caller, stop), stored.ETag);
    }

    /// <summary>The project as <paramref name="caller"/> may see it: its own city, and staff, know also who gave unnamed; they have to acknowledge it.</summary>
    public async Task<ProjectView> ViewAsync(Project project, Caller caller, CancellationToken stop)
    {
        var positions = await books.PositionsOfAsync(project, stop);
        var allocations = await books.AllocationsOfAsync(project, stop);
        var givers = new Dictionary<string, Partner>(StringComparer.Ordinal);
        foreach (var id in allocations.Select(allocation => allocation.PartnerId).Distinct(StringComparer.Ordinal))
            if (await partners.FindAsync(id, stop) is { } partner) givers[id] = partner;
        var secured = await securedUntil.OfAsync(project, stop);
        var coverage = ProjectFundingView.From(project, positions).Coverage;
        return ProjectView.From(project, positions, secured, Criteria.Of(project, allocations, givers, coverage, secured, calendar.Today), allocations,
            caller.MayActForProject(project.Id, project.City));
    }
}
