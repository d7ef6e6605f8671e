using FundingFlow.Ledger;
using FundingFlow.Partners;
using FundingFlow.Storage;
using FundingFlow.Validation;
using Microsoft.Extensions.Options;

namespace FundingFlow.Projects;

/// <summary>GET of one project: its row, its books, what is computed of them.</summary>
public sealed class ProjectReader(
    ProjectDirectory projects, ILedgerReader books, IPartners partners, ISecuredUntil securedUntil,
    IOptions<FundingFlowOptions> options, TimeProvider clock)
{
    public async Task<Outcome<Stored<ProjectView>>> GetAsync(string id, CancellationToken stop)
    {
        if (await projects.StoredAsync(id, stop) is not { } stored) return Refusal.NotFound($"There is no project {id}.");
        return new Stored<ProjectView>(await ViewAsync(stored.Value, stop), stored.ETag);
    }

    public async Task<ProjectView> ViewAsync(Project project, CancellationToken stop)
    {
        var positions = await books.PositionsOfAsync(project, stop);
        var allocations = await books.AllocationsOfAsync(project, stop);
        var givers = new Dictionary<string, Partner>(StringComparer.Ordinal);
        foreach (var id in allocations.Select(allocation => allocation.PartnerId).Distinct(StringComparer.Ordinal))
            if (await partners.FindAsync(id, stop) is { } partner) givers[id] = partner;
        var secured = await securedUntil.OfAsync(project, stop);
        var coverage = ProjectFundingView.From(project, positions).Coverage;
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(options.Value.TimeZone)).DateTime);
        return ProjectView.From(project, positions, secured, Criteria.Of(project, allocations, givers, coverage, secured, today), allocations);
    }
}
