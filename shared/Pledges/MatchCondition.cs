using FundingFlow.Partners;

namespace FundingFlow.Pledges;

/// <summary>
/// "As much as others of this sector commit to the same project": what the pledge's partner confirmed at a project is firm up to
/// <paramref name="Ratio"/> × what other partners of <paramref name="Sector"/> have committed and paid there. Several conditions all hold.
/// </summary>
/// <param name="Ratio">0.0001 to 100, with at most four decimals; 0.5 is one for two.</param>
/// <param name="UpTo">The most that is firm at one project, what was received included, in smallest units of the pledge's currency; null: no limit.</param>
public sealed record MatchCondition(Sector Sector, decimal Ratio, long? UpTo)
{
    public const int RatioDecimals = 4;

    /// <summary>What one unit of the ratio is written in.</summary>
    public const long RatioScale = 10_000;

    /// <summary>The ratio as a whole number of ten-thousandths.</summary>
    internal long ScaledRatio => (long)(Ratio * RatioScale);
}
