using FundingFlow.Ledger;
using FundingFlow.Money;

namespace FundingFlow.Matching;

/// <summary>The need that came next after the one that was chosen, and what decided between the two.</summary>
internal static class NextInLine
{
    public static Reason? After(Line line, Candidate chosen, Candidates all)
    {
        if (all.FirstOfOthers() is not { } next) return all.Count == 1 ? OnlyNeed(line.Unit) : null;
        var inside = next.Need.ProjectId == chosen.Need.ProjectId;
        // A bar decided only where the need would have come first without it.
        var (decided, words) = next.Bar != Bar.None && Candidates.IsBefore(next, chosen) ? ByBar(line, next)
            : chosen.FirstTranche!.Value.Weight != next.FirstTranche!.Value.Weight ? (NextDecided.Need, "the need here was more pressing")
            : chosen.Fit != next.Fit ? (NextDecided.Fit, inside ? "you have closer links with this need" : "you and this project have closer links")
            : chosen.Need.Filled > 0 && next.Need.Filled == 0 ? (NextDecided.Begun, "of two equal needs, the one already begun is finished first")
            : (NextDecided.Order, "the two needs are equal, and one had to come first");
        var data = decided == NextDecided.SmallestPart ? Reasons.Data(line.SmallestPart ?? 0, line.Unit) : [];
        (data["project"], data["need"], data["decided"]) = (next.Need.ProjectId, next.Need.NeedId, decided);
        if (inside) data["inside"] = "true";
        else data["title"] = Reasons.Title(next.Need);
        return new Reason(ReasonCode.Next, $"Next in line was {(inside ? "another need of this project" : Reasons.Title(next.Need))}; what decided: {words}.") { Data = data };
    }

    private static Reason OnlyNeed(Unit unit) => new(ReasonCode.OnlyNeed, $"No other open need asks for {Reasons.What(unit)} here.") { Data = Reasons.Data(unit) };

    private static (string Code, string Words) ByBar(Line line, Candidate next) => next.Bar switch
    {
        Bar.Excluded => (NextDecided.Excluded, "you do not give there"),
        Bar.Dates => (NextDecided.Dates, "it has ended, or does not run while you give your time"),
        Bar.ShareCap => (NextDecided.ShareCap, "you fill as much of it as one partner may"),
        _ => (NextDecided.SmallestPart, $"less would have gone there than the {Reasons.Text(line.SmallestPart ?? 0, line.Unit)} that you want a part to have at least"),
    };
}
