using FundingFlow.Ledger;
using FundingFlow.Money;

namespace FundingFlow.Projects;

/// <summary>A part of a pledge at this project. Who gave it, and the ids that tell, are left out where the pledge is anonymous.</summary>
/// <param name="Amount">What the need is counted in, as are the figures beside it.</param>
public sealed record AllocationView(
    string? Id, string? PledgeId, string? PartnerId, string NeedId, string Area, ResourceKind Kind,
    string? Amount, string? Currency, string? Item, string? Quantity, string? Unit, string? Skill, string? Hours,
    string Proposed, string Conditional, string Committed, string Received, string Status, DateTimeOffset At, DateTimeOffset? AcknowledgedAt)
{
    /// <param name="shown">Whether the giver may be named to who asks.</param>
    public static AllocationView From(Allocation allocation, bool shown)
    {
        var unit = allocation.NeedUnit;
        var total = Decimals.Write(allocation.Total.Value, unit.Exponent);
        return new AllocationView(
            shown ? allocation.Id : null, shown ? allocation.PledgeId : null, shown ? allocation.PartnerId : null,
            allocation.NeedId, allocation.Area, unit.Kind,
            unit.IsMoney ? total : null, unit.IsMoney ? unit.Code : null,
            unit.Kind == ResourceKind.InKind ? unit.Code : null, unit.Kind == ResourceKind.InKind ? total : null, unit.Kind == ResourceKind.InKind ? unit.Measure : null,
            unit.Kind == ResourceKind.Time ? unit.Code : null, unit.Kind == ResourceKind.Time ? total : null,
            Decimals.Write(allocation.Proposed.Value, unit.Exponent), Decimals.Write(allocation.Conditional.Value, unit.Exponent),
            Decimals.Write(allocation.Committed.Value, unit.Exponent), Decimals.Write(allocation.Received.Value, unit.Exponent), allocation.Status, allocation.At, allocation.AcknowledgedAt);
    }

    /// <summary>Whether the partner may be named to everyone.</summary>
    public static bool Visible(Allocation allocation)
    {
        ArgumentNullException.ThrowIfNull(allocation);
        return !allocation.Anonymous;
    }
}
