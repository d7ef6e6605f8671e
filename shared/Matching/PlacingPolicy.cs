using System.ComponentModel.DataAnnotations;
using FundingFlow.Ledger;

namespace FundingFlow.Matching;

/// <summary>
/// The policy of placing, as one page of code. Section <c>FundingFlow:Matching</c>; what an area does otherwise is in
/// <c>FundingFlow:Matching:Areas:{slug}</c>. Level 1: leave the least weighted unmet need. Level 2: of those placements the best
/// fit. Level 3: the fewest parts, one need finished before the next. Never bent for any of these: earmarks, the partner's exclusions,
/// dates, its smallest part and its share cap (see <see cref="Eligibility"/>, <see cref="Filling"/>, <see cref="ShareCaps"/>).
/// </summary>
public sealed class PlacingPolicy : PlacingTerms
{
    public const string Section = "FundingFlow:Matching";

    /// <summary>How long a rebalance leaves a proposed part alone after its partner was told of it by a digest.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "3650.00:00:00")] public TimeSpan ToldFor { get; set; } = TimeSpan.FromDays(30);

    private readonly Dictionary<string, PlacingTerms> areas = new(StringComparer.Ordinal);

    /// <summary>What holds in an area: its own terms, or these.</summary>
    public PlacingTerms In(string area) => areas.Count == 0 ? this : areas.GetValueOrDefault(area, this);

    /// <summary>Whether a share cap is set in any area.</summary>
    public bool CapsShares => SharePercent is not null || areas.Values.Any(terms => terms.SharePercent is not null);

    public void Override(string area, PlacingTerms terms) => areas[area] = terms;

    /// <summary>A need's tranches in filling order, in the need's smallest units; empty ones are left out.</summary>
    public IEnumerable<Tranche> TranchesOf(Position need)
    {
        for (var next = Next(need, 0); next is { } tranche; next = Next(need, tranche.To)) yield return tranche;
    }

    /// <summary>The tranche in which the next unit would land; null when the need is full.</summary>
    public Tranche? Next(Position need, long filled)
    {
        if (filled >= need.Required) return null;
        var terms = In(need.Area);
        var minimum = Math.Min(need.MinimumViable ?? 0, need.Required);
        if (filled < minimum) return new Tranche(TrancheKind.Minimum, 0, minimum, terms.WeightBelowMinimum * need.Urgency);
        var essential = Math.Max(minimum, PercentOf(need.Required, terms.EssentialPercent));
        return filled < essential
            ? new Tranche(TrancheKind.Essential, minimum, essential, terms.WeightEssential * need.Urgency)
            : new Tranche(TrancheKind.Rest, essential, need.Required, terms.WeightRest * need.Urgency);
    }

    /// <summary>Rounded down, and within 64 bits on the way.</summary>
    private static long PercentOf(long amount, int percent) => (amount / 100 * percent) + (amount % 100 * percent / 100);
}

/// <summary>The figures of the policy, for all areas or for one.</summary>
public class PlacingTerms
{
    /// <summary>Weight of the part of a need below its minimum viable amount. Weights never rise as a need fills.</summary>
    [Range(1, 100)] public int WeightBelowMinimum { get; set; } = 4;

    /// <summary>Weight from there up to <see cref="EssentialPercent"/> of the requirement.</summary>
    [Range(1, 100)] public int WeightEssential { get; set; } = 2;

    /// <summary>Weight of the rest.</summary>
    [Range(1, 100)] public int WeightRest { get; set; } = 1;

    [Range(1, 100)] public int EssentialPercent { get; set; } = 80;

    /// <summary>Fit, level 2: twin cities first, then cities in peace with cities in conflict.</summary>
    [Range(0, 1000)] public int FitTwinCity { get; set; } = 16;
    [Range(0, 1000)] public int FitPeaceWithConflict { get; set; } = 8;
    [Range(0, 1000)] public int FitSameCity { get; set; } = 4;
    [Range(0, 1000)] public int FitSameCountry { get; set; } = 3;
    [Range(0, 1000)] public int FitInterest { get; set; } = 2;

    /// <summary>The project has no support yet, in this area, from the partner's sector.</summary>
    [Range(0, 1000)] public int FitLackingSector { get; set; } = 1;

    /// <summary>
    /// Share cap: the most that one partner may fill (proposed, committed and received together) of one project, in percent of what the
    /// project requires in the area in one unit, rounded down. A transaction holds one area, so the cap is per partner, project and
    /// area. A tight earmark overrides it; what lay there before the cap was set, or the requirement lowered, stays. Null: off.
    /// </summary>
    [Range(1, 100)] public int? SharePercent { get; set; }
}

public enum TrancheKind { Minimum, Essential, Rest }

/// <summary>A stretch of a need, from <paramref name="From"/> (included) to <paramref name="To"/> (excluded), and what each unit in it weighs.</summary>
public readonly record struct Tranche(TrancheKind Kind, long From, long To, int Weight);
