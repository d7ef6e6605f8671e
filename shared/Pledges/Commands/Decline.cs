using FundingFlow.Access;
using FundingFlow.Ledger;
using FundingFlow.Money;
using FundingFlow.Projects;
using FundingFlow.Validation;

namespace FundingFlow.Pledges.Commands;

/// <summary>
/// A recipient does not want an allocation: what is not received returns to the pledge, never comes to this need again, and is placed
/// elsewhere at once. The partner may decline what it has not confirmed.
/// </summary>
/// <param name="Project">Of the allocation; null: there is none.</param>
public sealed record DeclineRequest(string AllocationId, string? Reason, Project? Project, Caller By) : CommandRequest
{
    public override string Kind => Decline.Name;
    public override string ContentIn(Unit unit) => PledgeId.ContentHash(new { AllocationId, Reason });

    private bool IsRecipient => Project is { } project && By.MayActForProject(project.Id, project.City);

    public override Refusal? Forbids(Caller caller, Pledge pledge)
        => IsRecipient || caller.MayActForPartner(pledge.PartnerId) ? null
            : pledge.IsAnonymous && !caller.MaySeePartner(pledge.PartnerId) ? Refusal.NotFound($"There is no pledge '{pledge.Id}'.")
            : Refusal.Forbidden("Only the project's city, the pledge's partner, or staff, decline an allocation.");

    public override Outcome<PledgeCommand> Plan(PledgeBalance balance, DateOnly today)
    {
        if (balance.Allocations.FirstOrDefault(part => part.Id == AllocationId) is not { } part)
            return Refusal.NotFound($"There is no allocation '{AllocationId}' (any more).");
        if (part.Total.Minor == part.Received.Minor)
            return Refusal.Conflict("All of this allocation has been received; what has come is not declined. It can be acknowledged.");
        if (!IsRecipient && part.Conditional.Minor + part.Committed.Minor > 0)
            return Refusal.Conflict(Decline.Confirmed);
        return PledgeCommand.Planned(Kind) with
        {
            Parts = [new CommandPart(part.Area, part.ProjectId, part.NeedId, part.Total.Minor - part.Received.Minor)],
            OnlyProposed = !IsRecipient,
            Reason = $"Declined{(IsRecipient ? "" : " by the partner")}{(Reason is null ? "." : $": {Reason}")}",
        };
    }
}

public sealed class Decline(Books books) : ICommandApplication
{
    internal const string Name = "decline";
    internal const string Confirmed = "The partner has confirmed this allocation. The project's city can decline it; staff can move, or write off, what of it is committed. The partner can withdraw the pledge.";

    public string Kind => Name;

    public async Task<Refusal?> ApplyAsync(Pledge pledge, PledgeCommand command, CancellationToken stop)
    {
        foreach (var part in command.Parts)
            if (!await books.DeclineAsync(part.Area, pledge.Id, new PartRef(part.ProjectId, part.NeedId), command.OnlyProposed, command.Reason, command.Id, command.By, stop))
                return Refusal.Conflict(Confirmed);
        return null;
    }
}
