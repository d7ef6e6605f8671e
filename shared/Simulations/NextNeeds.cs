using FundingFlow.Ledger;
using FundingFlow.Matching;
using FundingFlow.Money;

namespace FundingFlow.Simulations;

/// <summary>Where more of a pledge would go next: the placing policy itself, asked with more than all needs can take.</summary>
internal static class NextNeeds
{
    private const int Shown = 5;

    /// <summary>What is said of the part that would be made, not of the need.</summary>
    private static readonly HashSet<string> OfThePart = [ReasonCode.Completes, ReasonCode.ReachesMinimum, ReasonCode.Adds, ReasonCode.Next, ReasonCode.OnlyNeed, ReasonCode.ShareCap];

    /// <summary>The line as if there were more of it than all needs ask for, in parts of any size.</summary>
    public static Line More(Line line) => line with { Amount = Amount.Largest, Unallocated = Amount.Largest, Stated = null, SmallestPart = null };

    /// <param name="plan">Of more of the line, over the needs as the pledge would leave them.</param>
    public static IReadOnlyList<NextNeedView> Of(PlacementPlan plan)
        => [.. plan.Parts.Take(Shown).Select(part =>
        {
            var (currency, item, skill, unit) = Changes.Names(part.Need.Unit);
            return new NextNeedView(part.Need.Area, part.Need.ProjectId, part.Need.Title, part.Need.NeedId,
                Decimals.Write(part.Need.Room, part.Need.Unit.Exponent), currency, item, skill, unit,
                [.. part.Reasons.Where(reason => !OfThePart.Contains(reason.Code))]);
        })];
}
