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
        {
            foreach (var held in positions.Where(position => position.NeedId == need.Id && position.Filled > 0))
            {
                if (held.Area != need.Area)
                    errors[$"{stated.Pointer}/area"] = [$"cannot change from {held.Area} while pledges are placed on the need {need.Id}: state a new need beside it"];
                else if (held.Unit != need.Unit)
                    errors[$"{stated.Pointer}/kind"] = [$"what the need {need.Id} is counted in cannot change from {held.Unit.Code} while pledges are placed on it: state a new need beside it"];
            }
        }

        return errors.Count == 0 ? null : new Refusal(RefusalKind.Conflict, errors.First().Key + " " + errors.First().Value[0], errors);
    }
}
