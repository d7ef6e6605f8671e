using System.ComponentModel.DataAnnotations;
using FundingFlow.Ledger;

namespace FundingFlow.Matching;

/// <summary>
/// The policy of placing, as one page of code. Section <c>FundingFlow:Matching</c>. Level 1: leave the least weighted unmet
/// need. Level 2: of those placements the best fit. Level 3: the fewest parts, one need finished before the next.
/// </summary>
public sealed class PlacingPolicy
{
    public const string Section = "FundingFlow:Matching";

    /// <summary>Weight of the part of a need below its minimum viable amount.</summary>
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
    [Range(0, 1000)] public int FitLackingSector { get; set; } = 1;

    /// <summary>A need's tranches in filling order, in the need's smallest units; empty ones are left out.</summary>
    public IEnumerable<Tranche> TranchesOf(Position need)
    {
        var minimum = Math.Min(need.MinimumViable ?? 0, need.Required);
        var essential = Math.Max(minimum, (long)((Int128)need.Required * EssentialPercent / 100));
        if (minimum > 0) yield return new Tranche(TrancheKind.Minimum, 0, minimum, WeightBelowMinimum * need.Urgency);
        if (essential > minimum) yield return new Tranche(TrancheKind.Essential, minimum, essential, WeightEssential * need.Urgency);
        if (need.Required > essential) yield return new Tranche(TrancheKind.Rest, essential, need.Required, WeightRest * need.Urgency);
    }

    /// <summary>The tranche in which the next unit would land; null when the need is full.</summary>
    public Tranche? Next(Position need, long filled)
    {
        foreach (var tranche in TranchesOf(need))
            if (filled < tranche.To) return tranche;
        return null;
    }
}

public enum TrancheKind { Minimum, Essential, Rest }

/// <summary>A stretch of a need, from <paramref name="From"/> (included) to <paramref name="To"/> (excluded), and what each unit in it weighs.</summary>
public sealed record Tranche(TrancheKind Kind, long From, long To, int Weight);
