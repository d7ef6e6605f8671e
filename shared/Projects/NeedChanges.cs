using FundingFlow.Ledger;
using FundingFlow.Validation;

namespace FundingFlow.Projects;

/// <summary>What may not change of a need while something is placed on it.</summary>
public static class NeedChanges
{
    /// <param name="positions">The project's books as they are, over all its areas.</param>
    /// <returns>Null when every need may become what is stated.</returns>
    public static Refusal? Check(Project next, ProjectStatement statement, IReadOnlyList<Position> positions)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var (need, stated) in next.Needs.Zip(statement.Needs))
            foreach (var held in positions.Where(position => position.NeedId == need.Id && position.Filled > 0 && Differs(position, need)))
                Note(errors, held, need, stated);
        return ToRefusal(errors);
    }

    /// <summary>Books that have to be free of the need before the project may state it elsewhere, or in another unit.</summary>
    public static IReadOnlyList<Position> ToVacate(Project next, IReadOnlyList<Position> positions)
        => [.. positions.Where(position => !position.Gone && next.Needs.FirstOrDefault(need => need.Id == position.NeedId) is { } need && Differs(position, need))];

    /// <summary>Something was placed on the need after it had been found free.</summary>
    public static Refusal Overtaken(Project next, ProjectStatement statement, Position held)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var (need, stated) in next.Needs.Zip(statement.Needs).Where(pair => pair.First.Id == held.NeedId)) Note(errors, held, need, stated);
        return ToRefusal(errors)!;
    }

    private static bool Differs(Position position, Need need) => position.Area != need.Area || position.Unit != need.Unit;

    private static void Note(Dictionary<string, string[]> errors, Position held, Need need, NeedStatement stated)
    {
        if (held.Area != need.Area)
            errors[$"{stated.Pointer}/area"] = [$"cannot change from {held.Area} while pledges are placed on the need {need.Id}: state a new need beside it"];
        else
            errors[$"{stated.Pointer}/kind"] = [$"what the need {need.Id} is counted in cannot change from {held.Unit.Code} while pledges are placed on it: state a new need beside it"];
    }

    private static Refusal? ToRefusal(Dictionary<string, string[]> errors)
        => errors.Count == 0 ? null : new Refusal(RefusalKind.Conflict, errors.First().Key + " " + errors.First().Value[0], errors);
}
