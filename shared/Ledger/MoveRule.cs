using FundingFlow.Matching;
using FundingFlow.Money;

namespace FundingFlow.Ledger;

/// <summary>Whether staff may move units of a line to a need, and what they count there.</summary>
public static class MoveRule
{
    /// <param name="line">The pledge's; its earmark, its rate and what was declined count.</param>
    /// <returns>Why not, and what is possible; null: it may be moved.</returns>
    public static string? Refuses(Line line, Position target, long minor, DateOnly today)
    {
        var name = $"the need {target.NeedId} of {target.ProjectId}";
        if (target.Gone) return $"{Upper(name)} is no longer stated.";
        if (target.Closed) return $"The project {target.ProjectId} is closed: it takes nothing more.";
        if (line.Declined.Contains(target.Ref)) return $"{Upper(name)} declined this pledge.";
        if (!line.Unit.Serves(target.Unit)) return $"{Upper(name)} is counted in {target.Unit.Code}, this pledge in {line.Unit.Code}.";
        switch (Eligibility.BarTo(line, target, today))
        {
            case Bar.NotMeant: return $"The pledge's earmark does not allow {name}.";
            case Bar.Excluded: return $"The partner does not give where {name} is.";
            case Bar.Dates: return $"{Upper(name)} lies outside the time in which it can be supported.";
        }

        if (!new Exchange(line, minor).Possible(target)) return $"There is no rate between {line.Unit.Code} and {target.Unit.Code}: put one with PUT /api/rates.";
        var value = Value(line, target, minor).Value;
        if (value == 0) return $"So little counts nothing in {target.Unit.Code}.";
        return value <= target.Room ? null : $"{Upper(name)} has room for {Decimals.Write(target.Room, target.Unit.Exponent)} {target.Unit.Code}; this counts {Decimals.Write(value, target.Unit.Exponent)}.";
    }

    /// <param name="left">What stays of the part that it is taken from, in the pledge's unit.</param>
    /// <param name="there">What the part that it is put to then holds.</param>
    /// <returns>Why not: the pledge allows no part as small as that; null: it does.</returns>
    public static string? RefusesParts(Line line, long left, long there)
    {
        if (line.SmallestPart is not { } least || (left == 0 || left >= least) && there >= least) return null;
        return $"The pledge allows no part below {Decimals.Write(least, line.Unit.Exponent)} {line.Unit.Code}: "
            + (there < least ? "move at least that much." : "move less, so that as much stays, or move all of it.");
    }

    /// <param name="proposed">What of it is only proposed, in the pledge's unit.</param>
    /// <returns>Why not: the pledge's last day is over, and what was not committed by then goes nowhere any more; null: it may be moved.</returns>
    public static string? RefusesPromise(Line line, long proposed, DateOnly today)
        => proposed > 0 && Eligibility.IsExpired(line, today) ? $"The pledge was valid until {line.ValidUntil:yyyy-MM-dd}: only what is committed of it can be moved." : null;

    internal static Placed Value(Line line, Position target, long minor) => new Exchange(line, minor).All(target);

    private static string Upper(string text) => "T" + text[1..];
}
