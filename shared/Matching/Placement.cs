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

    /// <param name="line">Its <see cref="Line.Unallocated"/> is what is placed.</param>
    /// <param name="needs">The area's needs as they stand; for a split over areas, all areas'.</param>
    /// <param name="overfill">A tight earmark may go above the requirement (after it displaced what could be displaced).</param>
    public static PlacementPlan Of(Line line, IEnumerable<Position> needs, PlacingPolicy policy, DateOnly today, bool overfill)
    {
        var exchange = new Exchange(line, line.Unallocated);
        var eligible = needs.Where(need => Eligibility.Allows(line, need, today) || (line.Earmark.IsTight && Eligibility.Serves(line, need))).ToList();
        if (line.Unit.IsMoney && (line.Rate is null || (eligible.Count > 0 && !eligible.Exists(exchange.Possible))))
            return new PlacementPlan([], line.Unallocated, line.Unallocated > 0 ? NoRate : null);

        var candidates = eligible.Where(exchange.Possible)
            .Select(need => new Candidate(need, Fit.Of(line.Donor, need, policy), policy)).ToList();
        Fill(exchange, candidates);
        if (overfill && line.Earmark.IsTight && exchange.Left > 0) Overfill(exchange, candidates);

        var parts = candidates.Where(candidate => candidate.Taken.Minor > 0)
            .OrderBy(candidate => candidate.Turn)
            .Select(candidate => new PlannedPart(candidate.Need, candidate.Taken, candidate.Overfills, Reasons.For(line, candidate, candidates, policy)))
            .ToList();
        return new PlacementPlan(parts, exchange.Left, exchange.Left > 0 ? Standing(line, needs) : null);
    }

    /// <summary>Why something is left: a pledge that chose its projects is told where they do not want it, or are closed.</summary>
    private static string Standing(Line line, IEnumerable<Position> needs)
    {
        if (!line.Earmark.IsTight) return NoNeed;
        var chosen = needs.Where(need => line.Earmark.Projects.Contains(need.ProjectId) && !need.Gone && line.Unit.Serves(need.Unit)).ToList();
        return chosen.Count == 0 || chosen.Exists(need => !need.Closed && !line.Declined.Contains(need.Ref)) ? NoNeed
            : chosen.Exists(need => !need.Closed) ? Ledger.Standing.Declined
            : Ledger.Standing.ProjectClosed;
    }

    private static void Fill(Exchange exchange, List<Candidate> candidates)
    {
        var queue = new PriorityQueue<Candidate, Candidate>(candidates.Where(c => c.Tranche is not null).Select(c => (c, c)));
        for (var turn = 0; exchange.Left > 0 && queue.TryDequeue(out var best, out _); turn++)
        {
            var part = exchange.UpTo(best.Need, best.Tranche!.To - best.Filled);
            // Too little to count a single unit at this need: another one may count in smaller units.
            if (part.Value == 0) continue;
            exchange.Take(part);
            best.Take(part, turn);
            if (best.Tranche is not null) queue.Enqueue(best, best);
        }
    }

    /// <summary>What no room was left for goes whole to the need that asked most, so that the excess is seen in one place.</summary>
    private static void Overfill(Exchange exchange, List<Candidate> candidates)
    {
        var largest = candidates.OrderByDescending(c => c.Need.Required).ThenBy(c => c.Need.ProjectId, StringComparer.Ordinal)
            .ThenBy(c => c.Need.NeedId, StringComparer.Ordinal).FirstOrDefault();
        if (largest is null) return;
        var rest = exchange.All(largest.Need);
        exchange.Take(rest);
        largest.Take(rest, candidates.Count);
        largest.Overfills = true;
    }
}
