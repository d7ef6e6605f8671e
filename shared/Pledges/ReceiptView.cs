using FundingFlow.Ledger;
using FundingFlow.Pledges.Commands;

namespace FundingFlow.Pledges;

/// <summary>What arrived. Of amount, quantity and hours only the one that fits the resource is there.</summary>
/// <param name="On">The day it came.</param>
/// <param name="Increase">What of it was above what was owed: the pledge grew by it.</param>
/// <param name="Parts">What of it was booked where; with the increase they sum to it.</param>
/// <param name="Reversed">Null: it stands.</param>
public sealed record ReceiptView(
    string Id, string? Amount, string? Quantity, string? Hours, DateOnly? On, DateTimeOffset At, string By, string Increase,
    IReadOnlyList<ReceiptPartView> Parts, ReversalView? Reversed);

public sealed record ReceiptPartView(string AllocationId, string? Amount, string? Quantity, string? Hours);

public sealed record ReversalView(DateTimeOffset At, string By, string? Reason);

internal static class ReceiptViews
{
    public static ReceiptView Of(RecordedReceipt receipt, Pledge pledge)
    {
        var unit = pledge.Resource.Unit;
        var (amount, _, quantity, _, hours) = PledgeViews.Split(receipt.Minor, unit);
        return new ReceiptView(
            receipt.Id, amount, quantity, hours, receipt.Command.On, receipt.Command.At, receipt.Command.By,
            Money.Decimals.Write(receipt.Increases.Sum(line => line.Minor), unit.Exponent),
            [.. receipt.Parts.GroupBy(part => LedgerKeys.AllocationId(part.Area, pledge.Id, part.ProjectId, part.NeedId), StringComparer.Ordinal)
                .OrderBy(part => part.Key, StringComparer.Ordinal).Select(part => PartOf(part.Key, part.Sum(booked => booked.Minor)))],
            receipt.Reversal is { } reversal ? new ReversalView(reversal.At, reversal.By, reversal.Reason) : null);

        ReceiptPartView PartOf(string allocationId, long minor)
        {
            var (partAmount, _, partQuantity, _, partHours) = PledgeViews.Split(minor, unit);
            return new ReceiptPartView(allocationId, partAmount, partQuantity, partHours);
        }
    }
}
