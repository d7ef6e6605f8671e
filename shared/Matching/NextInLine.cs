using FundingFlow.Ledger;

namespace FundingFlow.Matching;

/// <summary>The need that came next after the one that was chosen, and what decided between the two.</summary>
internal static class NextInLine
{
    public static Reason? After(Line line, Candidate chosen, Candidates all)
    {
        if (all.FirstOfOthers() is not { } next) return all.Count == 1 ? new Reason("only-need", $"No other open need asks for {Reasons.What(line.Unit)} here.") : null;
        var inside = next.Need.ProjectId == chosen.Need.ProjectId;
        // A bar decided only where the need would have come first without it.
        var (decided, words) = next.Bar != Bar.None && Candidates.IsBefore(next, chosen) ? ByBar(line, next)
            : chosen.FirstTranche!.Value.Weight != next.FirstTranche!.Value.Weight ? ("need", "the need here was more pressing")
            : chosen.Fit != next.Fit ? ("fit", inside ? "you have closer links with this need" : "you and this project have closer links")
            : chosen.Need.Filled > 0 && next.Need.Filled == 0 ? ("begun", "of two equal needs, the one already begun is finished first")
            : ("order", "the two needs are equal, and one had to come first");
        return new Reason("next", $"Next in line was {(inside ? "another need of this project" : Reasons.Title(next.Need))}; what decided: {words}.")
        {
            Data = new Dictionary<string, string> { ["project"] = next.Need.ProjectId, ["need"] = next.Need.NeedId, ["decided"] = decided },
        };
    }

    private static (string Code, string Words) ByBar(Line line, Candidate next) => next.Bar switch
    {
        Bar.Excluded => (Placement.Excluded, "you do not give there"),
        Bar.Dates => (Placement.Dates, "it has ended, or does not run while you give your time"),
        Bar.ShareCap => (Placement.ShareCap, "you fill as much of it as one partner may"),
        _ => (Placement.SmallestPart, $"less would have gone there than the {Reasons.Text(line.SmallestPart ?? 0, line.Unit)} that you want a part to have at least"),
    };
}
