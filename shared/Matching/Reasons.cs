using System.Globalization;
using FundingFlow.Ledger;
using FundingFlow.Money;
using FundingFlow.Projects;

namespace FundingFlow.Matching;

/// <summary>Says in a donor's words why a part went where it did: what matched, what it completes, which need came next and what decided.</summary>
internal static class Reasons
{
    public static IReadOnlyList<Reason> For(Line line, Candidate chosen, Candidates all, PlacingPolicy policy)
    {
        var reasons = new List<Reason> { Earmark(line, chosen.Need) };
        reasons.AddRange(Fit.Reasons(line.Donor, chosen.Need, chosen.Lacks));
        if (chosen.Need.Urgency > 1)
            reasons.Add(new Reason("urgent", $"The project's money lasts less than {(chosen.Need.Urgency == 4 ? 30 : 90)} days."));
        reasons.Add(Effect(chosen));
        if (chosen.Bar == Bar.ShareCap && policy.In(chosen.Need.Area).SharePercent is { } percent)
            reasons.Add(new Reason("share-cap", $"More of yours would have gone here, but one partner fills at most {percent} % of a project in {Areas.NameOf(chosen.Need.Area)}.")
            { Data = new Dictionary<string, string> { ["percent"] = percent.ToString(CultureInfo.InvariantCulture), ["project"] = chosen.Need.ProjectId } });
        if (!line.Earmark.IsTight && NextInLine.After(line, chosen, all) is { } next) reasons.Add(next);
        return reasons;
    }

    private static Reason Earmark(Line line, Position need)
        => line.Earmark.IsTight ? new Reason("earmark-project", $"You chose the project {Title(need)}.")
        : line.Earmark.Cities.Count > 0 ? new Reason("earmark-city", "It is in a city that you chose.")
        : line.Earmark.Countries.Count > 0 ? new Reason("earmark-country", "It is in a country that you chose.")
        : new Reason("area", $"It is a need in {Areas.NameOf(need.Area)}.");

    private static Reason Effect(Candidate chosen)
    {
        var need = chosen.Need;
        if (need.Required == 0)
            return new Reason("unstated", "The project states no requirement for this need; your choice of the project brings it here.");
        if (chosen.Overfills)
            return need.Filled >= need.Required
                ? new Reason("overfills", "The need was already met; your choice of this project adds to it.")
                : new Reason("overfills", $"It completes the need of {Text(need.Required, need.Unit)} and goes beyond it, because you chose this project.")
                { Data = Data(need, need.Required) };
        if (chosen.Filled >= need.Required)
            return new Reason("completes", $"It completes the need of {Text(need.Required, need.Unit)}.") { Data = Data(need, need.Required) };
        if (need.MinimumViable is { } minimum && need.Filled < minimum && chosen.Filled >= minimum)
            return new Reason("reaches-minimum", $"It brings the need to the {Text(minimum, need.Unit)} with which the work can start.") { Data = Data(need, minimum) };
        return new Reason("adds", $"It brings the need from {Percent(need.Filled, need.Required)} to {Percent(chosen.Filled, need.Required)} of {Text(need.Required, need.Unit)}.")
        { Data = Data(need, need.Required) };
    }

    internal static string What(Unit unit) => unit.IsMoney ? "money" : unit.Kind == ResourceKind.Time ? $"hours of {unit.Code}" : unit.Code;

    internal static string Title(Position need) => need.Title.Length > 0 ? need.Title : need.ProjectId;

    internal static string Text(long minor, Unit unit)
    {
        var number = Decimals.Write(minor, unit.Exponent);
        return unit.Kind switch
        {
            ResourceKind.Money => $"{number} {unit.Code}",
            ResourceKind.Time => $"{number} hours of {unit.Code}",
            _ => $"{number} {unit.Measure} of {unit.Code}",
        };
    }

    /// <param name="minor">In the need's unit.</param>
    private static Dictionary<string, string> Data(Position need, long minor)
        => new() { ["project"] = need.ProjectId, ["need"] = need.NeedId, ["amount"] = Decimals.Write(minor, need.Unit.Exponent), ["unit"] = need.Unit.Code };

    private static string Percent(long part, long whole) => string.Create(CultureInfo.InvariantCulture, $"{(Int128)part * 100 / whole} %");
}
