using FundingFlow.Access;
using FundingFlow.Ledger;
using FundingFlow.Money;
using FundingFlow.Validation;

namespace FundingFlow.Pledges.Commands;

/// <summary>
/// Staff give up commitments as uncollectable. Whoever looks after a partner's pledges does not decide that they need not be
/// paid, so a fundraiser's key may not.
/// </summary>
/// <param name="AllocationId">Null: over all commitments, in proportion.</param>
/// <param name="Amount">Null: all that is committed there.</param>
public sealed record WriteOffRequest(string? AllocationId, StatedAmount? Amount, string Reason) : CommandRequest
{
    public static WriteOffRequest? Read(JsonInput input)
    {
        var (allocation, amount) = (input.Text("allocationId", 400), StatedAmount.Read(input, required: false));
        return input.Text("reason", 200, required: true) is { } reason ? new WriteOffRequest(allocation, amount, reason) : null;
    }

    public override string Kind => WriteOff.Name;
    public override string ContentIn(Unit unit) => PledgeId.ContentHash(new { AllocationId, Amount = Amount?.AsIn(unit), Reason });

    public override Refusal? Forbids(Caller caller, Pledge pledge)
        => base.Forbids(caller, pledge) ?? (caller.IsStaff ? null : Refusal.Forbidden("Only staff write commitments off."));

    public override Outcome<PledgeCommand> Plan(PledgeBalance balance, DateOnly today)
    {
        if (AllocationId is { } only && !balance.Allocations.Any(part => part.Id == only)) return Refusal.Invalid("/allocationId", "names no allocation of this pledge");
        var parts = balance.Allocations.Where(part => part.Committed.Minor > 0 && (AllocationId is null || part.Id == AllocationId)).ToList();
        var (unit, total) = (balance.Pledge.Resource.Unit, parts.Sum(part => part.Committed.Minor));
        if (total == 0)
            return Refusal.Conflict($"Nothing is committed here that could be written off: the pledge is {balance.State}. What is only proposed can be withdrawn, amended or declined; what is conditional, withdrawn or declined.");
        var minor = total;
        if (Amount is { } stated)
        {
            var read = stated.In(unit);
            if (read.Refusal is { } malformed) return malformed;
            minor = read.Value;
        }

        if (minor > total)
            return Refusal.Conflict($"Only {Decimals.Write(total, unit.Exponent)} is committed here and not received: write off that or less.");
        var spread = Split.LargestRemainder(minor, [.. parts.Select(part => part.Committed.Minor)]);
        return PledgeCommand.Planned(Kind) with
        {
            Parts = [.. parts.Select((part, i) => new CommandPart(part.Area, part.ProjectId, part.NeedId, spread[i])).Where(part => part.Minor > 0)],
            Reason = Reason,
        };
    }
}

public sealed class WriteOff(Books books) : ICommandApplication
{
    internal const string Name = "write-off";

    public string Kind => Name;

    public async Task<Refusal?> ApplyAsync(Pledge pledge, PledgeCommand command, CancellationToken stop)
    {
        var any = false;
        foreach (var area in command.Parts.GroupBy(part => part.Area, StringComparer.Ordinal))
            any |= await books.WriteOffAsync(area.Key, pledge.Id, area.ToDictionary(part => new PartRef(part.ProjectId, part.NeedId), part => part.Minor),
                $"Given up: {command.Reason}", command.Id, command.By, stop);
        return any ? null : Refusal.Conflict("Meanwhile all of it has come, or is committed no more: nothing was written off. Read the pledge again.");
    }
}
