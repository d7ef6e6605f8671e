namespace FundingFlow.Money;

public enum ResourceKind { Money, InKind, Time }

/// <summary>
/// What an amount is counted in: a currency, pieces (or kilograms, …) of an item, or hours of a skill. Amounts of
/// different units never add. <see cref="Exponent"/> is the number of decimals of the smallest unit.
/// </summary>
/// <param name="Code">ISO 4217 code, item slug or skill slug.</param>
/// <param name="Measure">For goods the unit counted in (piece, kg, …); for time "hour"; for money empty.</param>
public sealed record Unit(ResourceKind Kind, string Code, string Measure, int Exponent)
{
    /// <summary>Hours are kept in hundredths, so that a quarter of an hour is exact.</summary>
    public const int HourExponent = 2;

    public static Unit Of(Currency currency) => new(ResourceKind.Money, currency.Code, "", currency.Exponent);
    public static Unit Hours(string skill) => new(ResourceKind.Time, skill, "hour", HourExponent);
    public static Unit Goods(string item, string measure, int exponent) => new(ResourceKind.InKind, item, measure, exponent);

    public bool IsMoney => Kind == ResourceKind.Money;

    /// <exception cref="InvalidOperationException">It is no money.</exception>
    public Currency Currency => IsMoney ? new Currency(Code, Exponent) : throw new InvalidOperationException($"{Code} is not money.");

    public override string ToString() => IsMoney ? Code : $"{Code} ({Measure})";

    /// <summary>Whether an amount in this unit can serve a need in the other one; money serves money, by exchange.</summary>
    public bool Serves(Unit need) => Kind == need.Kind && (IsMoney || this == need);
}
