using FundingFlow.Matching;
using FundingFlow.Matching.Optimum;
using FundingFlow.Money;

namespace FundingFlow.Ledger.Rebalancing;

/// <summary>Units of one supply that lie together.</summary>
/// <param name="Demand">Index of the need; −1: unallocated in its line.</param>
/// <param name="Units">As the problem counts them.</param>
/// <param name="Above">More of them, which lie above the need's room by a tight earmark: for the problem they are unplaced.</param>
internal sealed record Lot(string Area, int Demand, Placed Amount, long Units, long Above = 0);

/// <summary>What of one pledge or line may move: a supply of the problem with the same index.</summary>
/// <param name="Lines">The unearmarked pledge's lines of all areas, or the one line.</param>
internal sealed record SupplyBooks(IReadOnlyList<Line> Lines, IReadOnlyList<Lot> Lots)
{
    /// <summary>Tells what may go where: what was declined in any of the lines gets nothing of them all.</summary>
    public Line Line { get; } = Lines.Count == 1 ? Lines[0] : Lines[0] with { Declined = DeclinedIn(Lines) };

    public long Minor => Lots.Sum(lot => lot.Amount.Minor);

    private static List<PartRef> DeclinedIn(IEnumerable<Line> lines)
        => [.. lines.SelectMany(line => line.Declined).Distinct().OrderBy(need => need.ProjectId, StringComparer.Ordinal).ThenBy(need => need.NeedId, StringComparer.Ordinal)];
}

/// <summary>The problem of one unit and what its indices stand for in the books.</summary>
/// <param name="Needs">As they would be with nothing movable in them; by demand.</param>
/// <param name="Sectors">That projects have of what does not move, over all units.</param>
/// <param name="FixedMet">The weighted need that is met by what does not move.</param>
/// <param name="Whole">The weighted need if all were met.</param>
/// <param name="Rounding">How far exchanging and rounding may take the books from a plan, at each level; 0 when <see cref="CommonUnit.IsExact"/>.</param>
/// <param name="Shares">The problem's caps, by partner and project, in the needs' smallest units.</param>
internal sealed record UnitBooks(
    CommonUnit Common, Unit Unit, OptimumProblem Problem, IReadOnlyList<SupplyBooks> Supplies, IReadOnlyList<Position> Needs, ProjectSectors Sectors,
    Int128 FixedMet, Int128 Whole, Score Rounding, IReadOnlyDictionary<(string Partner, string Project), long> Shares)
{
    /// <summary>How the units lie now.</summary>
    public Score Now { get; } = Objective.Of(Problem, Problem.Currents);
}
