using FundingFlow.Ledger;

namespace FundingFlow.Matching;

/// <summary>A part of a plan. <paramref name="Overfills"/>: by a tight earmark, above the need's requirement.</summary>
public sealed record PlannedPart(Position Need, Placed Amount, bool Overfills, IReadOnlyList<Reason> Reasons);

/// <summary>Where a line's unallocated units go. Parts and <paramref name="Left"/> sum to what was asked.</summary>
/// <param name="Standing">Why something is left; null when nothing is.</param>
public sealed record PlacementPlan(IReadOnlyList<PlannedPart> Parts, long Left, string? Standing);

/// <summary>
/// Places one line by the marginal cost of the policy's objective: each next unit goes where it weighs most, of those
/// where the partner fits best, of those to the need already begun. A pure function: the same needs give the same plan.
/// </summary>
public static class Placement
{
    public const string NoNeed = "no-need";
    public const string NoRate = "no-rate";
    public const string Expired = "expired";
    public const string Excluded = "excluded";
    public const string Dates = "dates";
    public const string ShareCap = "share-cap";
    public const string SmallestPart = "smallest-part";

    /// <summary>Needs that are tried as another place for what is left of a line with a smallest part.</summary>
    private const int MostTried = 8;

    /// <summary>Empty, for the next plan of this thread: it becomes as long as an area has needs, for every pledge.</summary>
    [ThreadStatic] private static List<Choice>? spare;

    /// <param name="line">Its <see cref="Line.Placeable"/> is what is placed.</param>
    /// <param name="needs">All of an area's as they stand; for a split over areas, all areas'.</param>
    /// <param name="overfill">A tight earmark may go above the requirement (after it displaced what could be displaced).</param>
    /// <param name="held">What the partner fills already, for the share cap; null: nothing.</param>
    public static PlacementPlan Of(Line line, IEnumerable<Position> needs, PlacingPolicy policy, DateOnly today, bool overfill, Holdings? held = null)
        => Of(line, NeedTable.ByArea(needs, policy), policy, today, overfill, held);

    /// <param name="areas">A table for each.</param>
    internal static PlacementPlan Of(Line line, IReadOnlyList<NeedTable> areas, PlacingPolicy policy, DateOnly today, bool overfill, Holdings? held = null)
    {
        ArgumentNullException.ThrowIfNull(line);
        if (Eligibility.IsExpired(line, today)) return new PlacementPlan([], line.Placeable, line.Placeable > 0 ? Expired : null);
        var choices = Choices(line, new Exchange(line, line.Placeable), areas, today);
        var all = areas.SelectMany(needs => needs);
        if (line.Unit.IsMoney && (line.Rate is null || IsWithoutRate(choices)))
            return new PlacementPlan([], line.Placeable, line.Placeable > 0 ? NoRate : null);

        var filling = Best(line, choices, policy, () => new ShareCaps(line, all, policy, held ?? new Holdings()));
        if (overfill && line.Earmark.IsTight && filling.Left > 0) filling.Overfill();

        var parts = filling.Candidates.Made.Where(candidate => candidate.Taken.Minor > 0)
            .OrderBy(candidate => candidate.Turn)
            .Select(candidate => new PlannedPart(candidate.Need, candidate.Taken, candidate.Overfills, Reasons.For(line, candidate, filling.Candidates, policy)))
            .ToList();
        var plan = new PlacementPlan(parts, filling.Left, filling.Left > 0 ? WhyLeft(line, all, filling.Candidates) : null);
        choices.Clear();
        spare = choices;
        return plan;
    }

    /// <summary>The reasons for a part whose place was decided elsewhere; null when the line may not go there.</summary>
    /// <param name="needs">The area's, as they stand before the part is in.</param>
    internal static IReadOnlyList<Reason>? Explain(Line line, NeedTable needs, PartRef chosen, Placed amount, PlacingPolicy policy, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(line);
        ArgumentNullException.ThrowIfNull(policy);
        var choices = Choices(line, new Exchange(line, amount.Minor), [needs], today).FindAll(choice => choice.IsPossible);
        var candidates = new Candidates(choices, policy, null);
        if (candidates.IndexOf(chosen) is not (>= 0 and var index) || candidates.At(index) is not { Bar: Bar.None, FirstTranche: not null } there) return null;
        there.Take(amount, 0);
        return Reasons.For(line, there, candidates, policy);
    }

    private static List<Choice> Choices(Line line, Exchange exchange, IReadOnlyList<NeedTable> areas, DateOnly today)
    {
        var choices = spare ?? [];
        spare = null;
        for (var i = 0; i < areas.Count; i++) areas[i].AddChoices(choices, i, line, exchange, today);
        return choices;
    }

    private static bool IsWithoutRate(List<Choice> choices)
        => choices.Exists(choice => choice.Bar == Bar.None) && !choices.Exists(choice => choice is { Bar: Bar.None, IsPossible: true });

    /// <summary>
    /// What is left and too little for a new part may become one where a part given out before lends it the rest: taken where all that
    /// is placed then weighs more.
    /// </summary>
    private static Filling Best(Line line, List<Choice> choices, PlacingPolicy policy, Func<ShareCaps> caps)
    {
        var best = Run(null);
        if (line.SmallestPart is not { } smallest || best.Left == 0 || best.Left >= smallest) return best;
        foreach (var other in best.Candidates.Made.Where(c => c is { Bar: Bar.SmallestPart, IsBegun: false }).OrderBy(c => c.Rank).Take(MostTried).ToList())
            if (Run(other.Need.Ref) is var tried && tried.Weight > best.Weight) best = tried;
        return best;

        Filling Run(PartRef? first)
        {
            var filling = new Filling(line, choices, policy, caps());
            filling.Run(first);
            return filling;
        }
    }

    private static string WhyLeft(Line line, IEnumerable<Position> needs, Candidates candidates)
    {
        if (line.Earmark.IsTight && Refused(line, needs) is { } refused) return refused;
        foreach (var (bar, why) in new[] { (Bar.SmallestPart, SmallestPart), (Bar.ShareCap, ShareCap), (Bar.Excluded, Excluded), (Bar.Dates, Dates) })
            if (candidates.AnyBarredBy(bar)) return why;
        return NoNeed;
    }

    /// <summary>A pledge that chose its projects is told where they do not want it, or are closed; null: one of them does.</summary>
    private static string? Refused(Line line, IEnumerable<Position> needs)
    {
        var chosen = needs.Where(need => line.Earmark.Projects.Contains(need.ProjectId) && !need.Gone && line.Unit.Serves(need.Unit)).ToList();
        return chosen.Count == 0 || chosen.Exists(need => !need.Closed && !line.Declined.Contains(need.Ref)) ? null
            : chosen.Exists(need => !need.Closed) ? Standing.Declined
            : Standing.ProjectClosed;
    }
}
