using FundingFlow.Ledger;
using FundingFlow.Money;
using FundingFlow.Projects;
using FundingFlow.Validation;

namespace FundingFlow.Pledges.Commands;

/// <summary>What arrived: an amount in the pledge's unit, for one allocation or for all that is owed.</summary>
/// <param name="Member">amount, quantity or hours.</param>
/// <param name="Text">The decimal as it was sent; how many decimals it may have depends on the pledge's unit.</param>
public sealed record ReceiptRequest(string? AllocationId, string Member, string Text, DateOnly? On) : CommandRequest
{
    public override string Kind => Receipt.Name;
    public override string ContentIn(Unit unit) => PledgeId.ContentHash(new { AllocationId, Member, new StatedAmount(Member, Text).AsIn(unit).Text, On });

    public override Outcome<PledgeCommand> Plan(PledgeBalance balance, DateOnly today)
    {
        var unit = balance.Pledge.Resource.Unit;
        if (Member != PledgeReader.MemberOf(unit)) return Refusal.Invalid("/" + Member, $"does not fit: this pledge is counted in {PledgeReader.MemberOf(unit)}");
        if (Text.StartsWith('-')) return Refusal.Invalid("/" + Member, "must be greater than zero");
        if (Amount.TryParse(Text, unit, out var received) is { } malformed) return Refusal.Invalid("/" + Member, malformed);
        if (received.Minor == 0) return Refusal.Invalid("/" + Member, "must be greater than zero");
        if (On > today) return Refusal.Invalid("/on", "must not lie in the future");
        if (AllocationId is { } only && !balance.Allocations.Any(part => part.Id == only)) return Refusal.Invalid("/allocationId", "names no allocation of this pledge");
        var plan = ReceiptPlan.Of(balance, AllocationId, received.Minor);
        if (plan.Parts.Count == 0) return NothingOwed(balance);
        return PledgeCommand.Planned(Kind) with { Parts = plan.Parts, Increase = plan.Increase, On = On ?? today };
    }

    private Refusal NothingOwed(PledgeBalance balance)
    {
        if (balance.Allocations.Any(part => part.Proposed.Minor > 0 && (AllocationId is null || part.Id == AllocationId)))
            return Refusal.Conflict($"Nothing is committed here: the pledge is {balance.State}. Confirm what is proposed first; then record the receipt.");
        if (balance.Conditional + balance.Committed > 0)
            return Refusal.Conflict("Nothing more is owed for this allocation. Leave out allocationId, or name another: something of the pledge is still to come there.");
        return Refusal.Conflict($"Nothing is owed: the pledge is {balance.State}. " + (balance.Unconfirmed > 0
            ? "Once it has been placed on a project, confirm it; then record the receipt."
            : "For what came all the same submit a pledge of its own, confirm it, and record the receipt there."));
    }
}

public sealed class Receipt(Books books, ForumCalendar calendar) : ICommandApplication
{
    internal const string Name = "receipt";

    public string Kind => Name;

    public async Task<Refusal?> ApplyAsync(Pledge pledge, PledgeCommand command, CancellationToken stop)
    {
        var areas = command.Parts.GroupBy(part => part.Area, StringComparer.Ordinal)
            .ToDictionary(area => area.Key, area => area.ToDictionary(part => new PartRef(part.ProjectId, part.NeedId), part => part.Minor));
        var increaseIn = areas.Keys.Order(StringComparer.Ordinal).First();
        foreach (var (area, amounts) in areas)
            await books.ReceiveAsync(area, pledge.Id, amounts, area == increaseIn ? command.Increase : 0, command.On ?? calendar.Today, command.Id, command.By, stop);
        return null;
    }
}
