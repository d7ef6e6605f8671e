using System.Globalization;
using FundingFlow.Ledger;
using FundingFlow.Money;
using FundingFlow.Projects;

namespace FundingFlow.Matching;

/// <summary>Says in a donor's words why a part went where it did: what matched, what it completes, which need came next and what decided.</summary>
internal static class Reasons
{
    public static IReadOnlyList<Reason> For(Line line, Candidate chosen, IReadOnlyList<Candidate> all, PlacingPolicy policy)
    {
        var reasons = new List<Reason> { Earmark(line, chosen.Need) };
        reasons.AddRange(Fit.Links(line.Donor, chosen.Need, policy).Select(link => link.Reason));
        if (chosen.Need.Urgency > 1)
            reasons.Add(new Reason("urgent", $"The project's money lasts less than {(chosen.Need.Urgency == 4 ? 30 : 90)} days."));
        reasons.Add(Effect(chosen));
        if (!line.Earmark.IsTight && Next(line, chosen, all) is { } next) reasons.Add(next);
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
                : new Reason("overfills", $"It completes the need of {Text(need.Required, need.Unit)} and goes beyond it, because you chose this project.");
        if (chosen.Filled >= need.Required)
            return new Reason("completes", $"It completes the need of {Text(need.Required, need.Unit)}.");
        if (need.MinimumViable is { } minimum && need.Filled < minimum && chosen.Filled >= minimum)
            return new Reason("reaches-minimum", $"It brings the need to the {Text(minimum, need.Unit)} with which the work can start.");
        return new Reason("adds", $"It brings the need from {Percent(need.Filled, need.Required)} to {Percent(chosen.Filled, need.Required)} of {Text(need.Required, need.Unit)}.");
    }

    private static Reason? Next(Line line, Candidate chosen, IReadOnlyList<Candidate> all)
    {
        var next = all.Where(other => other != chosen && other.Taken.Minor == 0 && other.FirstTranche is not null)
            .Order(new ByFirstTranche()).FirstOrDefault();
        if (next is null) return all.Count == 1 ? new Reason("only-need", $"No other open need asks for {What(line.Unit)} here.") : null;
        var decided = chosen.FirstTranche!.Weight != next.FirstTranche!.Weight ? "the need here was more pressing"
            : chosen.Fit != next.Fit ? "you and this project have closer links"
            : chosen.Need.Filled > 0 && next.Need.Filled == 0 ? "of two equal needs, the one already begun is finished first"
            : "the two needs are equal, and one had to come first";
        return new Reason("next", $"Next in line was {Title(next.Need)}; what decided: {decided}.");
    }

    private static string What(Unit unit) => unit.IsMoney ? "money" : unit.Kind == ResourceKind.Time ? $"hours of {unit.Code}" : unit.Code;

    private static string Title(Position need) => need.Title.Length > 0 ? need.Title : need.ProjectId;

    private static string Text(long minor, Unit unit)
    {
        var number = Decimals.Write(minor, unit.Exponent);
        return unit.Kind switch
        {
            ResourceKind.Money => $"{number} {unit.Code}",
            ResourceKind.Time => $"{number} hours of {unit.Code}",
            _ => $"{number} {unit.Measure} of {unit.Code}",
        };
    }

    private static string Percent(long part, long whole) => string.Create(CultureInfo.InvariantCulture, $"{(Int128)part * 100 / whole} %");

    private sealed class ByFirstTranche : IComparer<Candidate>
    {
        public int Compare(Candidate? x, Candidate? y)
        {
            var byWeight = y!.FirstTranche!.Weight.CompareTo(x!.FirstTranche!.Weight);
            if (byWeight != 0) return byWeight;
            var byFit = y.Fit.CompareTo(x.Fit);
            return byFit != 0 ? byFit : string.CompareOrdinal(x.Need.ProjectId + "|" + x.Need.NeedId, y.Need.ProjectId + "|" + y.Need.NeedId);
        }
    }
}
