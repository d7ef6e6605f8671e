using FundingFlow.Ledger;

namespace FundingFlow.Pledges;

/// <summary>A pledge's schedule over its allocations; in the order of their ids, so that every reader rounds alike.</summary>
public sealed record PledgeInstalments(IReadOnlyList<Allocation> Allocations, InstalmentPlan Plan)
{
    public static PledgeInstalments Of(IReadOnlyList<Instalment> schedule, IEnumerable<Allocation> allocations)
    {
        List<Allocation> ordered = [.. allocations.OrderBy(part => part.Id, StringComparer.Ordinal)];
        return new PledgeInstalments(ordered, InstalmentPlan.Of(schedule, [.. ordered.Select(part => new PaidPart(part.Committed.Minor, part.Received.Minor))]));
    }
}
