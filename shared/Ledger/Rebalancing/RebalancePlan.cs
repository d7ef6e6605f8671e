using FundingFlow.Matching;
using FundingFlow.Matching.Optimum;

namespace FundingFlow.Ledger.Rebalancing;

/// <summary>What a rebalance found: per unit the objective, and the moves in the order in which they can be made.</summary>
internal sealed record RebalancePlan(IReadOnlyList<UnitResult> Units, IReadOnlyList<RebalanceStep> Steps)
{
    public static RebalancePlan Of(BooksAt books, PlacingPolicy policy)
    {
        var (units, moves) = (new List<UnitResult>(), new List<RebalanceMove>());
        foreach (var unit in ProblemBuilder.Of(books, policy))
        {
            if (Solve(unit, out var beyond) is not { } plan)
            {
                units.Add(new UnitResult(unit.Unit, unit.Common.IsExact, unit.Whole, Whole(unit, unit.Now), Whole(unit, unit.Now), null, null, TimeSpan.Zero) { Failure = beyond });
                continue;
            }

            MovePlanner.Add(unit, plan, policy, moves);
            var planned = MovePlanner.IsNoGain(unit, plan) ? unit.Now : plan.Score;
            units.Add(new UnitResult(unit.Unit, unit.Common.IsExact, unit.Whole, Whole(unit, unit.Now), Whole(unit, planned), null, plan.Gap, plan.Statistics.Solver));
        }

        return new RebalancePlan(units, RebalanceStep.Pack(MoveSchedule.Of(moves, new Rooms(books, policy))));
    }

    /// <summary>With the objective of the books as they lie now as each unit's last figure.</summary>
    public static IReadOnlyList<UnitResult> After(IReadOnlyList<UnitResult> units, BooksAt books, PlacingPolicy policy)
    {
        var now = ProblemBuilder.Of(books, policy).ToDictionary(unit => unit.Unit);
        return [.. units.Select(unit => now.TryGetValue(unit.Unit, out var books) ? unit with { After = Whole(books, books.Now) } : unit)];
    }

    /// <summary>Null where its sums are beyond what can be computed: that unit stays as it lies, the others move.</summary>
    private static OptimumPlan? Solve(UnitBooks unit, out string? beyond)
    {
        try
        {
            beyond = null;
            return ChosenPlaces.Solve(unit);
        }
        catch (OptimumOverflowException overflow)
        {
            beyond = $"Nothing of it was moved. {overflow.Message}";
            return null;
        }
    }

    private static Score Whole(UnitBooks unit, Score score) => score with { WeightedMet = unit.FixedMet + score.WeightedMet };
}
