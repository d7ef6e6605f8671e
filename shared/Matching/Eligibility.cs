using FundingFlow.Ledger;

namespace FundingFlow.Matching;

/// <summary>Which needs a line may go to: its earmark and the dates. Never bent, whatever the gain.</summary>
public static class Eligibility
{
    public static bool Allows(Line line, Position need, DateOnly today)
        => Serves(line, need) && !(need.EndsOn < today);

    /// <summary>As <see cref="Allows"/>, whatever the day: for money that comes with a date in the past.</summary>
    public static bool Serves(Line line, Position need)
    {
        var earmark = line.Earmark;
        if (need.Gone || need.Closed || line.Declined.Contains(need.Ref) || !line.Unit.Serves(need.Unit)) return false;
        if (earmark.IsTight && !earmark.Projects.Contains(need.ProjectId)) return false;
        if (earmark.Cities.Count > 0 && !earmark.Cities.Contains(need.City)) return false;
        return earmark.Countries.Count == 0 || earmark.Countries.Contains(need.Country);
    }
}
