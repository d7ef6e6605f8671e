using FundingFlow.Ledger;
using FundingFlow.Money;
using FundingFlow.Validation;

namespace FundingFlow.Pledges.Commands;

/// <summary>
/// A receipt was recorded wrongly, or bounced: all of it goes back to where it came from, so that what was committed falls due
/// again. Where the pledge was withdrawn since, it is withdrawn.
/// </summary>
/// <param name="Known">The pledge's receipts as they stand.</param>
public sealed record ReverseReceiptRequest(string ReceiptId, string Reason, IReadOnlyList<RecordedReceipt> Known) : CommandRequest
{
    public override string Kind => ReverseReceipt.Name;
    public override string ContentIn(Unit unit) => PledgeId.ContentHash(new { ReceiptId, Reason });

    public override Outcome<PledgeCommand> Plan(PledgeBalance balance, DateOnly today)
    {
        if (Known.FirstOrDefault(receipt => receipt.Id == ReceiptId) is not { } receipt) return Refusal.NotFound($"The pledge has no receipt '{ReceiptId}'.");
        if (!receipt.Command.Done) return Refusal.Conflict("The receipt is still being booked. Send the reversal again in a minute.");
        if (receipt.Command.ReversedBy is not null) return Refusal.Conflict(ReverseReceipt.Twice);
        var increases = receipt.Increases.Where(line => !receipt.Withdrawn.Contains(line.Area)).ToList();
        foreach (var (area, minor) in increases)
            if (balance.Lines.FirstOrDefault(line => line.Area == area) is not { } line || FreeOf.Line(line, balance.Allocations) is var free && free < minor)
                return Refusal.Conflict(Bound(balance, area, minor));
        return PledgeCommand.Planned(Kind) with { Receipt = ReceiptId, Reason = Reason, Parts = receipt.Parts, Increases = increases };
    }

    private static string Bound(PledgeBalance balance, string area, long minor)
    {
        var unit = balance.Pledge.Resource.Unit;
        var free = balance.Lines.Where(line => line.Area == area).Sum(line => FreeOf.Line(line, balance.Allocations));
        string Text(long units) => $"{Decimals.Write(units, unit.Exponent)} {unit.Code}";
        return $"The receipt raised the pledge by {Text(minor)} in '{area}', of which only {Text(free)} is still unallocated or proposed there: the rest has been confirmed, "
            + "received, or has gone on to another area. Release or decline that first; then reverse the receipt.";
    }
}

public sealed class ReverseReceipt(Books books, CommandStore commands) : ICommandApplication
{
    internal const string Name = "reverse";
    internal const string Twice = "The receipt was reversed already; a receipt is reversed once. If the money came after all, record a new receipt.";

    public string Kind => Name;

    public async Task<Refusal?> ApplyAsync(Pledge pledge, PledgeCommand command, CancellationToken stop)
    {
        // Two may have been planned at once, under two keys: the first that is noted with the receipt reverses it.
        var receipt = await commands.ChangeAsync(pledge.Id, PledgeCommand.KeyOf(pledge.Id, $"{Receipt.Name}.{command.Receipt}"), now => now with { ReversedBy = now.ReversedBy ?? command.Id }, stop);
        if (receipt.ReversedBy != command.Id) return Refusal.Conflict(Twice);

        var note = $"receipt of {receipt.On:yyyy-MM-dd} reversed: {command.Reason}";
        foreach (var area in command.Parts.Select(part => part.Area).Union(command.Increases.Select(line => line.Area)).Order(StringComparer.Ordinal))
            await books.ReverseAsync(
                area, pledge.Id,
                [.. command.Parts.Where(part => part.Area == area).Select(part => new ReceivedPart(new PartRef(part.ProjectId, part.NeedId), part.From!.Value, part.Minor))],
                command.Increases.Where(line => line.Area == area).Sum(line => line.Minor), command.Receipt!, note, command.By, stop);
        return null;
    }
}
