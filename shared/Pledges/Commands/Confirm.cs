using FundingFlow.Ledger;
using FundingFlow.Money;
using FundingFlow.Validation;

namespace FundingFlow.Pledges.Commands;

/// <summary>The partner makes binding what is proposed: all of it, or one allocation.</summary>
public sealed record ConfirmRequest(string? AllocationId) : CommandRequest
{
    public override string Kind => Confirm.Name;
    public override string ContentIn(Unit unit) => AllocationId ?? "";

    public override Outcome<PledgeCommand> Plan(PledgeBalance balance, DateOnly today)
    {
        if (balance.Pledge.Withdrawn) return Refusal.Conflict("The pledge was withdrawn; nothing of it can be confirmed.");
        if (balance.Pledge.Expired)
            return Refusal.Conflict($"The pledge was valid until {balance.Pledge.ValidUntil:yyyy-MM-dd}; what was not confirmed by then was given back. For more, submit a new pledge.");
        if (AllocationId is { } one && !balance.Allocations.Any(part => part.Id == one)) return Refusal.NotFound($"There is no allocation '{one}' (any more).");
        var proposed = balance.Allocations.Where(part => part.Proposed.Minor > 0 && (AllocationId is null || part.Id == AllocationId)).ToList();
        return proposed.Count > 0
            ? PledgeCommand.Planned(Kind) with { Parts = [.. proposed.Select(part => new CommandPart(part.Area, part.ProjectId, part.NeedId, part.Proposed.Minor))] }
            : NothingProposed(balance);
    }

    private Refusal NothingProposed(PledgeBalance balance)
        => Refusal.Conflict(balance.Allocations.FirstOrDefault(part => part.Id == AllocationId) is { } part
            ? $"Nothing of this allocation is proposed: it is {part.Status}, so it has been confirmed already."
            : $"Nothing here is proposed: the pledge is {balance.State}. " + (balance.Unallocated + balance.InTransit > 0
                ? "A pledge can be confirmed once it has been placed on a project."
                : "All that was placed has been confirmed already."));
}

public sealed class Confirm(Books books) : ICommandApplication
{
    internal const string Name = "confirm";

    public string Kind => Name;

    public async Task<Refusal?> ApplyAsync(Pledge pledge, PledgeCommand command, CancellationToken stop)
    {
        foreach (var area in command.Parts.GroupBy(part => part.Area, StringComparer.Ordinal))
            await books.ConfirmAsync(area.Key, pledge.Id, area.Select(part => new PartRef(part.ProjectId, part.NeedId)).ToHashSet(), command.Id, command.By, stop);
        return null;
    }
}
