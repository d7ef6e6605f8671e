using FundingFlow.Ledger;
using FundingFlow.Pledges;

namespace FundingFlow.Matching;

/// <summary>Why a need gets nothing, or no more, of a line.</summary>
public enum Bar
{
    None,

    /// <summary>It asks for something else, is gone, or the earmark names another place.</summary>
    NotMeant,

    /// <summary>The partner does not give there.</summary>
    Excluded,

    /// <summary>The project has ended, or does not run while the time is given.</summary>
    Dates,

    /// <summary>The partner fills as much of the project as one partner may.</summary>
    ShareCap,

    /// <summary>What would go there is less than the smallest part that the pledge allows.</summary>
    SmallestPart,
}

/// <summary>Which needs a line may go to: its earmark, the partner's exclusions and the dates. Never bent, whatever the gain.</summary>
public static class Eligibility
{
    public static bool Allows(Line line, Position need, DateOnly today) => BarTo(line, need, today) == Bar.None;

    public static Bar BarTo(Line line, Position need, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(line);
        ArgumentNullException.ThrowIfNull(need);
        var bar = BarByTerms(line, need);
        return bar != Bar.None || IsOpen(line, need, today) ? bar : Bar.Dates;
    }

    /// <summary>As <see cref="BarTo"/>, whatever the dates.</summary>
    internal static Bar BarByTerms(Line line, Position need)
    {
        var earmark = line.Earmark;
        if (need.Gone || !line.Unit.Serves(need.Unit)) return Bar.NotMeant;
        if (earmark.IsTight && !earmark.Projects.Contains(need.ProjectId)) return Bar.NotMeant;
        if (need.Closed || (line.Declined.Count > 0 && line.Declined.Contains(need.Ref))) return Bar.NotMeant;
        if (earmark.Cities.Count > 0 && !earmark.Cities.Contains(need.City)) return Bar.NotMeant;
        if (earmark.Countries.Count > 0 && !earmark.Countries.Contains(need.Country)) return Bar.NotMeant;
        return line.Donor.Exclusions?.Cover(need.Area, need.ProjectId, need.City, need.Country) == true ? Bar.Excluded : Bar.None;
    }

    /// <summary>A promise that was not placed by its last day is not placed any more; what was committed or paid by then is no promise.</summary>
    public static bool IsExpired(Line line, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(line);
        return line.Status == StatedStatus.Pledge && line.ValidUntil < today;
    }

    /// <summary>
    /// A need is open until its project's last day, that day included; not only from its first, as money is raised before. Afterwards it
    /// takes nothing new: only what a tight earmark brings that was committed, received, or pledged by then. Time that
    /// is given on certain days (both ends included) asks that the project runs on one of those that are still to come.
    /// </summary>
    internal static bool IsOpen(Line line, Position need, DateOnly today)
    {
        var isPast = line.Status == StatedStatus.Receipt;
        if (need.EndsOn < today && !(line.Earmark.IsTight && (line.Status != StatedStatus.Pledge || line.PledgedOn <= need.EndsOn))) return false;
        if (line.TimeFrom is null && line.TimeTo is null) return true;
        var from = isPast || today < (line.TimeFrom ?? DateOnly.MinValue) ? line.TimeFrom : today;
        return !(line.TimeTo < from) && !(need.EndsOn < from) && !(line.TimeTo < need.StartsOn);
    }
}
