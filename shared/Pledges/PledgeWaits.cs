using FundingFlow.Ledger;
using FundingFlow.Ledger.Conditions;
using FundingFlow.Projects;

namespace FundingFlow.Pledges;

/// <summary>What the conditional parts of a pledge wait for, as things stand now.</summary>
public sealed class PledgeWaits(IProjects projects, ILedgerReader reader)
{
    /// <summary>By project; reads nothing for a pledge without conditional parts.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<Reason>>> OfAsync(PledgeBalance balance, CancellationToken stop)
    {
        var waits = new Dictionary<string, IReadOnlyList<Reason>>(StringComparer.Ordinal);
        foreach (var id in balance.Allocations.Where(part => part.Conditional.Minor > 0).Select(part => part.ProjectId).Distinct(StringComparer.Ordinal))
            if (await projects.FindAsync(id, stop) is { } project)
                waits[id] = MatchWait.Of(balance.Pledge.Id, await reader.AllocationsOfAsync(project, stop));
        return waits;
    }
}
