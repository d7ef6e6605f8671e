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
            reasons.Add(Urgent(chosen.Need.Urgency == 4 ? "30" : "90"));
        reasons.Add(Effect(chosen));
        if (chosen.Bar == Bar.ShareCap && policy.In(chosen.Need.Area).SharePercent is { } percent)
            reasons.Add(Capped(chosen.Need, percent));
        if (!line.Earmark.IsTight && NextInLine.After(line, chosen, all) is { } next) reasons.Add(next);
        return reasons;
    }

    private static Reason Earmark(Line line, Position need)
        => line.Earmark.IsTight ? new Reason(ReasonCode.EarmarkProject, $"You chose the project {Title(need)}.")
            { Data = new Dictionary<string, string> { ["project"] = need.ProjectId, ["title"] = Title(need) } }
        : line.Earmark.Cities.Count > 0 ? new Reason(ReasonCode.EarmarkCity, "It is in a city that you chose.")
        : line.Earmark.Countries.Count > 0 ? new Reason(ReasonCode.EarmarkCountry, "It is in a country that you chose.")
        : new Reason(ReasonCode.Area, $"It is a need in {Areas.NameOf(need.Area)}.") { Data = new Dictionary<string, string> { ["area"] = need.Area } };

    private static Reason Urgent(string days)
        => new(ReasonCode.Urgent, $"The project's money lasts less than {days} days.") { Data = new Dictionary<string, string> { ["days"] = days } };

    private static Reason Capped(Position need, int percent)
        => new(ReasonCode.ShareCap, $"More of yours would have gone here, but one partner fills at most {percent} % of a project in {Areas.NameOf(need.Area)}.")
        {
            Data = new Dictionary<string, string>
            {
                ["percent"] = percent.ToString(CultureInfo.InvariantCulture), ["project"] = need.ProjectId, ["area"] = need.Area,
            },
        };

    private static Reason Effect(Candidate chosen)
    {
        var need = chosen.Need;
        if (need.Required == 0)
            return new Reason(ReasonCode.Unstated, "The project states no requirement for this need; your choice of the project brings it here.");
        if (chosen.Overfills)
            return need.Filled >= need.Required
                ? new Reason(ReasonCode.Overfills, "The need was already met; your choice of this project adds to it.")
                : new Reason(ReasonCode.Overfills, $"It completes the need of {Text(need.Required, need.Unit)} and goes beyond it, because you chose this project.")
                { Data = Data(need, need.Required) };
        if (chosen.Filled >= need.Required)
            return new Reason(ReasonCode.Completes, $"It completes the need of {Text(need.Required, need.Unit)}.") { Data = Data(need, need.Required) };
        if (need.MinimumViable is { } minimum && need.Filled < minimum && chosen.Filled >= minimum)
            return new Reason(ReasonCode.ReachesMinimum, $"It brings the need to the {Text(minimum, need.Unit)} with which the work can start.") { Data = Data(need, minimum) };
        var (from, to) = (Percent(need.Filled, need.Required), Percent(chosen.Filled, need.Required));
        return new Reason(ReasonCode.Adds, $"It brings the need from {from} % to {to} % of {Text(need.Required, need.Unit)}.")
        { Data = new Dictionary<string, string>(Data(need, need.Required)) { ["fromPercent"] = from, ["toPercent"] = to } };
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
        => new(Data(minor, need.Unit)) { ["project"] = need.ProjectId, ["need"] = need.NeedId };

    internal static Dictionary<string, string> Data(long minor, Unit unit) => new(Data(unit)) { ["amount"] = Decimals.Write(minor, unit.Exponent) };

    /// <summary>Money has no measure.</summary>
    internal static Dictionary<string, string> Data(Unit unit)
        => unit.IsMoney ? new() { ["unit"] = unit.Code } : new() { ["unit"] = unit.Code, ["measure"] = unit.Measure };

    private static string Percent(long part, long whole) => ((Int128)part * 100 / whole).ToString(CultureInfo.InvariantCulture);
}
