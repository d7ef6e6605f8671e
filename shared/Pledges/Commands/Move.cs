using FundingFlow.Access;
using FundingFlow.Ledger;
using FundingFlow.Money;
using FundingFlow.Validation;

namespace FundingFlow.Pledges.Commands;

/// <summary>What a move asks for.</summary>
/// <param name="Amount">Null: all that is proposed or committed there.</param>
/// <param name="Reason">In words for the donor; names no person.</param>
public sealed record MoveStatement(string ProjectId, string NeedId, StatedAmount? Amount, string Reason)
{
    public static MoveStatement? Read(JsonInput input)
    {
        var (project, need) = (input.Slug("projectId", required: true), input.Slug("needId", required: true));
        var (amount, reason) = (StatedAmount.Read(input, required: false), input.Text("reason", 200, required: true));
        return project is null || need is null || reason is null ? null : new MoveStatement(project, need, amount, reason);
    }
}

/// <summary>
/// Staff move an allocation, or part of it, to another need. What is proposed goes first. What the partner had committed stays
/// committed: it promised the money to the Forum, and learns by the reason where it went. What is conditional depends on its own
/// project, and what has been received is there: neither moves.
/// </summary>
/// <param name="Target">The need's books; null: there is no such need.</param>
public sealed record MoveRequest(string AllocationId, MoveStatement Statement, Position? Target) : CommandRequest
{
    public override string Kind => Move.Name;
    public override string ContentIn(Unit unit) => PledgeId.ContentHash(new { AllocationId, Statement = Statement with { Amount = Statement.Amount?.AsIn(unit) } });

    public override Refusal? Forbids(Caller caller, Pledge pledge) => caller.IsStaff ? null : Refusal.Forbidden("Only staff move allocations.");

    public override Outcome<PledgeCommand> Plan(PledgeBalance balance, DateOnly today)
    {
        if (balance.Allocations.FirstOrDefault(part => part.Id == AllocationId) is not { } part)
            return Refusal.NotFound($"There is no allocation '{AllocationId}' (any more).");
        if (Target is null) return Refusal.Invalid("/needId", $"names no need of the project {Statement.ProjectId}");
        if (Target.Ref == new PartRef(part.ProjectId, part.NeedId)) return Refusal.Invalid("/needId", "names the need where it is already");
        var (unit, movable) = (part.Unit, part.Proposed.Minor + part.Committed.Minor);
        if (movable == 0) return Refusal.Conflict($"Nothing of this allocation can be moved: it is {part.Status}. What is proposed or committed can.");
        var minor = movable;
        if (Statement.Amount is { } stated)
        {
            var read = stated.In(unit);
            if (read.Refusal is { } malformed) return malformed;
            minor = read.Value;
        }

        if (minor > movable) return Refusal.Conflict($"Only {Decimals.Write(movable, unit.Exponent)} is proposed or committed here: move that or less.");
        if (balance.Pledge.Areas.Count > 0 && !balance.Pledge.Areas.Any(share => share.Area == Target.Area))
            return Refusal.Conflict($"The pledge is for {string.Join(", ", balance.Pledge.Areas.Select(share => share.Area))}; this need is in {Target.Area}.");
        var line = balance.Lines.Single(line => line.Area == part.Area);
        if ((MoveRule.RefusesPromise(line, Math.Min(minor, part.Proposed.Minor), today) ?? MoveRule.Refuses(line, Target, minor, today)) is { } no) return Refusal.Conflict(no);
        return PledgeCommand.Planned(Kind) with
        {
            Parts = [new CommandPart(part.Area, part.ProjectId, part.NeedId, minor)],
            To = new CommandPart(Target.Area, Target.ProjectId, Target.NeedId, minor),
            Reason = Statement.Reason,
        };
    }
}

public sealed class Move(Books books, ILedgerReader reader) : ICommandApplication
{
    internal const string Name = "move";

    public string Kind => Name;

    public async Task<Refusal?> ApplyAsync(Pledge pledge, PledgeCommand command, CancellationToken stop)
    {
        var (part, to) = (command.Parts[0], command.To!);
        var target = (await reader.PositionsAsync(to.Area, stop)).First(need => need.ProjectId == to.ProjectId && need.NeedId == to.NeedId);
        var move = new Ledger.Move(new PartRef(part.ProjectId, part.NeedId), to.Area, target.Ref, part.Minor, command.Reason!);
        return await books.MoveAsync(part.Area, pledge.Id, move, target, command.Id, command.By, stop) is { } no ? Refusal.Conflict(no) : null;
    }
}
