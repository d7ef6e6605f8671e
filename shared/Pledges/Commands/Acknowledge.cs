using FundingFlow.Access;
using FundingFlow.Ledger;
using FundingFlow.Projects;
using FundingFlow.Validation;

namespace FundingFlow.Pledges.Commands;

/// <summary>The recipient city says that what was received has arrived. Saying it again changes nothing, so it needs no key.</summary>
public sealed class Acknowledge(PledgeStore store, PledgeBooks pledgeBooks, Books books, IProjects projects)
{
    public async Task<Outcome<PledgeBalance>> RunAsync(string allocationId, Caller caller, CancellationToken stop)
    {
        if (LedgerKeys.ParseAllocationId(allocationId) is not { } id || await store.FindAsync(id.PledgeId, stop) is not { } stored)
            return Refusal.NotFound($"There is no allocation '{allocationId}'.");
        if (await projects.FindAsync(id.ProjectId, stop) is not { } project) return Refusal.NotFound($"There is no allocation '{allocationId}'.");
        if (!caller.MayActForProject(project.Id, project.City))
            return stored.Value.IsAnonymous && !caller.MaySeePartner(stored.Value.PartnerId)
                ? Refusal.NotFound($"There is no allocation '{allocationId}'.")
                : Refusal.Forbidden("Only the project's city, or staff, acknowledges what came.");
        var balance = await pledgeBooks.ReadAsync(stored.Value, stop);
        if (balance.Allocations.FirstOrDefault(part => part.Id == allocationId) is not { } part)
            return Refusal.NotFound($"There is no allocation '{allocationId}'.");
        if (part.Received.Minor == 0)
            return Refusal.Conflict($"Nothing has been received for this allocation yet: it is {part.Status}. Record the receipt first.");
        // A reversed receipt voids it, so the same allocation may be acknowledged again: the line's state names which time it is.
        var state = balance.Lines.Single(line => line.Area == id.Area).Sequence;
        if (part.AcknowledgedAt is null)
            await books.AcknowledgeAsync(id.Area, id.PledgeId, new PartRef(id.ProjectId, id.NeedId), $"acknowledge.{id.ProjectId}.{id.NeedId}.{state}", caller.KeyId, stop);
        return await pledgeBooks.ReadAsync(stored.Value, stop);
    }
}
