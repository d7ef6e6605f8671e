using System.Globalization;
using FundingFlow.Matching.Optimum;
using FundingFlow.Money;
using FundingFlow.Validation;

namespace FundingFlow.Ledger.Rebalancing;

/// <summary>A rebalance as it is answered.</summary>
/// <param name="Planned">Moves that lead to the optimum.</param>
/// <param name="Skipped">Moves that met other books than planned; a later rebalance looks at them again.</param>
/// <param name="Moves">Those that were made; of a dry run, those that would be. In pages.</param>
public sealed record RebalanceView(
    string Id, RebalanceStatus Status, bool DryRun, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, IReadOnlyList<UnitView> Units,
    int Planned, int Moved, int Skipped, int Parts, int MostPartsOfOnePledge, string? Failure, IReadOnlyList<MoveView> Moves, string? Continuation);

/// <param name="Unit">Currency, item or skill; money of several currencies is counted in one.</param>
/// <param name="Exact">Whether nothing was exchanged, so that the optimum is reached to the smallest unit.</param>
/// <param name="Proven">Whether no plan can be better.</param>
/// <param name="Failure">Why no plan could be made, so that nothing of this unit moves.</param>
public sealed record UnitView(
    ResourceKind Kind, string Unit, bool Exact, bool Proven, GapView? Gap, string WeightedNeed, ScoreView Before, ScoreView Optimum, ScoreView? After, string? Failure)
{
    internal static UnitView From(UnitResult unit) => new(
        unit.Unit.Kind, unit.Unit.Code, unit.IsExact, unit is { Gap: null, Failure: null }, unit.Gap is { } gap ? new GapView(gap.Level, Text(gap.AtMost)) : null,
        Text(unit.Need), ScoreView.From(unit.Before, unit.Need), ScoreView.From(unit.Planned, unit.Need), unit.After is { } after ? ScoreView.From(after, unit.Need) : null, unit.Failure);

    internal static string Text(Int128 value) => value.ToString(CultureInfo.InvariantCulture);
}

/// <param name="Level">1: weighted need, 2: fit, 3: what moves.</param>
public sealed record GapView(int Level, string AtMost);

/// <param name="WeightedNeedMet">Smallest units times their weight.</param>
/// <param name="Share">Of the whole weighted need, from "0" to "1", rounded down to four decimals.</param>
/// <param name="Fit">Smallest units that may move, times how well they suit.</param>
public sealed record ScoreView(string WeightedNeedMet, string Share, string Fit)
{
    internal static ScoreView From(Score score, Int128 need) => new(UnitView.Text(score.WeightedMet),
        Decimals.Write(need == 0 ? 10_000 : (long)(score.WeightedMet * 10_000 / need), 4), UnitView.Text(score.FitScore));
}

public sealed record PlaceView(string ProjectId, string NeedId, string Area);

/// <param name="From">Null: it was unallocated.</param>
/// <param name="To">Null: it becomes unallocated.</param>
/// <param name="Amount">In the pledge's own unit.</param>
public sealed record MoveView(string PledgeId, PlaceView? From, PlaceView? To, string Amount, ResourceKind Kind, string Unit, string Why)
{
    internal static MoveView Of(RebalanceMove move) => new(move.PledgeId, At(move.FromArea, move.From), At(move.ToArea, move.To),
        Decimals.Write(move.Minor, move.Unit.Exponent), move.Unit.Kind, move.Unit.Code, move.Why);

    private static PlaceView? At(string area, PartRef? need) => need is null ? null : new PlaceView(need.ProjectId, need.NeedId, area);
}

/// <summary>Reads rebalances for whoever asks.</summary>
public sealed class RebalanceQueries
{
    private const int PageSize = 200;
    private readonly RebalanceStore store;

    internal RebalanceQueries(RebalanceStore store) => this.store = store;

    public async Task<Outcome<RebalanceView>> ViewAsync(string id, string? continuation, CancellationToken stop)
    {
        var from = 0;
        if (continuation is not null && (continuation.Length > 8 || !int.TryParse(continuation, NumberStyles.None, CultureInfo.InvariantCulture, out from)))
            return Refusal.Invalid("/continuation", "must be the continuation that the page before gave");
        if (await store.FindAsync(id, stop) is not { Value: var rebalance }) return Refusal.NotFound($"There is no rebalance '{id}'.");
        var moves = new List<MoveView>();
        string? next = null;
        await foreach (var step in store.StepsAsync(id, from, stop))
        {
            if (step.Number >= rebalance.Steps) break;
            if (moves.Count >= PageSize)
            {
                next = step.Number.ToString(CultureInfo.InvariantCulture);
                break;
            }

            var made = step.Made.ToHashSet();
            moves.AddRange(step.Moves.Where(move => rebalance.DryRun || made.Contains(move.Number)).Select(MoveView.Of));
        }

        return new RebalanceView(rebalance.Id, rebalance.Status, rebalance.DryRun, rebalance.StartedAt, rebalance.FinishedAt, [.. rebalance.Units.Select(UnitView.From)],
            rebalance.Planned, rebalance.Moved, rebalance.Skipped, rebalance.Parts, rebalance.MostPartsOfOnePledge, rebalance.Failure, moves, next);
    }
}
