using FundingFlow.Money;

namespace FundingFlow.Pledges.Commands;

/// <summary>Where what arrived goes. Parts and <paramref name="Increase"/> sum to it.</summary>
/// <param name="Increase">Above what is owed.</param>
internal sealed record ReceiptPlan(IReadOnlyList<CommandPart> Parts, long Increase)
{
    /// <summary>
    /// By instalment and allocation as <see cref="InstalmentPlan"/> says; one allocation's own earliest instalments where it is named. What
    /// is above that settles what is confirmed under a condition, by largest remainder; what is above that too is an increase.
    /// </summary>
    public static ReceiptPlan Of(PledgeBalance balance, string? allocationId, long minor)
    {
        var (allocations, instalments) = PledgeInstalments.Of(balance.Pledge.Schedule, balance.Allocations);
        var settled = allocationId is null ? instalments.Settle(minor) : [.. allocations.Select(part => part.Id == allocationId ? Math.Min(minor, part.Committed.Minor) : 0)];
        var left = minor - settled.Sum();
        long[] conditional = [.. allocations.Select(part => allocationId is null || part.Id == allocationId ? part.Conditional.Minor : 0)];
        var ahead = Math.Min(left, conditional.Sum());
        if (ahead > 0) settled = [.. settled.Zip(Split.LargestRemainder(ahead, conditional), (now, more) => now + more)];
        return new ReceiptPlan(
            [.. allocations.Zip(settled, (part, of) => new CommandPart(part.Area, part.ProjectId, part.NeedId, of)).Where(part => part.Minor > 0)],
            left - ahead);
    }
}
