using System.Globalization;
using System.Numerics;
using FundingFlow.Ledger;
using FundingFlow.Money;

namespace FundingFlow.Projects;

/// <summary>
/// What is asked for and what stands against it, in smallest units of one unit. Sums of many, so they are not bound to
/// a long.
/// </summary>
/// <param name="Pledged">Outstanding: proposed, not yet committed; never counted as funding.</param>
public readonly record struct Figures(BigInteger Requirement, BigInteger Pledged, BigInteger Committed, BigInteger Received)
{
    public static readonly Figures Zero;

    /// <summary>Confirmed under conditions that are not met: neither pledged nor funding.</summary>
    public BigInteger Conditional { get; init; }

    public BigInteger Funding => Committed + Received;

    /// <summary>Negative when more came than was asked for.</summary>
    public BigInteger Gap => Requirement - Funding;

    public static Figures Of(Position position) => new(position.Required, position.Proposed, position.Committed, position.Received)
    { Conditional = position.Conditional };

    /// <summary>Of the need's money in the reporting currency, each figure rounded down.</summary>
    public static Figures Of(Position position, ExchangeRate rate) => new(
        rate.ToReporting(position.Required), rate.ToReporting(position.Proposed), rate.ToReporting(position.Committed), rate.ToReporting(position.Received))
    { Conditional = rate.ToReporting(position.Conditional) };

    public static Figures operator +(Figures left, Figures right) => new(
        left.Requirement + right.Requirement, left.Pledged + right.Pledged, left.Committed + right.Committed, left.Received + right.Received)
    { Conditional = left.Conditional + right.Conditional };

    public static Figures Sum(IEnumerable<Figures> figures) => figures.Aggregate(Zero, (sum, next) => sum + next);

    /// <summary>Funding ÷ requirement with four decimals, rounded down so that 1.0000 means all of it; null without a requirement.</summary>
    public string? Coverage => Requirement.IsZero ? null : Text(Funding * 10_000 / Requirement, 4);

    /// <summary>Decimal text of a sum in smallest units.</summary>
    public static string Text(BigInteger minor, int exponent)
    {
        var digits = BigInteger.Abs(minor).ToString(CultureInfo.InvariantCulture).PadLeft(exponent + 1, '0');
        var sign = minor.Sign < 0 ? "-" : "";
        return exponent == 0 ? sign + digits : $"{sign}{digits[..^exponent]}.{digits[^exponent..]}";
    }
}
