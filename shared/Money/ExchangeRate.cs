using System.Numerics;

namespace FundingFlow.Money;

/// <summary>
/// How many units of <paramref name="Currency"/> one unit of the Forum's reporting currency bought on a day (the
/// ECB's way of quoting). Kept with what it was used for, so that a value can be explained years later.
/// </summary>
/// <param name="Currency">ISO 4217 code of the currency quoted.</param>
/// <param name="Reporting">ISO 4217 code of the reporting currency.</param>
/// <param name="UnitsPerReporting">Positive.</param>
/// <param name="Date">The day of the quotation.</param>
/// <param name="Source">"ECB", "staff", "import", or "same" where both currencies are one.</param>
public sealed record ExchangeRate(string Currency, string Reporting, decimal UnitsPerReporting, DateOnly Date, string Source)
{
    public static ExchangeRate Same(string reporting, DateOnly on) => new(reporting, reporting, 1m, on, "same");

    /// <summary>Value in smallest units of the reporting currency, rounded down.</summary>
    public long ToReporting(long minor) => Exchange(minor, this, Same(Reporting, Date));

    /// <summary>
    /// From smallest units of the currency that <paramref name="from"/> quotes to those of this one's, rounded down; more than
    /// a long holds is answered as <see cref="long.MaxValue"/>, which is more than any need asks for.
    /// </summary>
    public long FromOther(long minor, ExchangeRate from) => from.Currency == Currency ? minor : Exchange(minor, from, this);

    /// <summary>
    /// The rate of another currency that follows when <paramref name="minor"/> of it was said to be worth <paramref name="stated"/>
    /// of this one's; to 12 significant digits. Source: "import".
    /// </summary>
    public ExchangeRate? Implied(string currency, long minor, long stated)
    {
        if (minor <= 0 || stated <= 0) return null;
        var units = UnitsPerReporting * minor / stated * Power(Money.Currency.Of(Currency).Exponent - Money.Currency.Of(currency).Exponent);
        return units == 0 ? null : new ExchangeRate(currency, Reporting, Significant(units, 12), Date, "import");
    }

    private static decimal Power(int exponent)
    {
        var power = 1m;
        for (var i = 0; i < Math.Abs(exponent); i++) power *= 10m;
        return exponent < 0 ? 1m / power : power;
    }

    private static decimal Significant(decimal value, int digits)
    {
        var whole = 0;
        for (var rest = value; rest >= 1m; rest /= 10m) whole++;
        return Math.Round(value, Math.Clamp(digits - whole, 0, 20));
    }

    private static long Exchange(long minor, ExchangeRate from, ExchangeRate to)
    {
        if (from.Reporting != to.Reporting)
            throw new InvalidOperationException($"Rates against {from.Reporting} and {to.Reporting} do not combine.");
        var (fromDigits, fromScale) = Digits(from.UnitsPerReporting);
        var (toDigits, toScale) = Digits(to.UnitsPerReporting);
        var numerator = minor * toDigits * BigInteger.Pow(10, fromScale + Money.Currency.Of(to.Currency).Exponent);
        var denominator = fromDigits * BigInteger.Pow(10, toScale + Money.Currency.Of(from.Currency).Exponent);
        return (long)BigInteger.Min(long.MaxValue, BigInteger.Divide(numerator, denominator));
    }

    private static (BigInteger Digits, int Scale) Digits(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var digits = unchecked((new BigInteger((uint)bits[2]) << 64) + (new BigInteger((uint)bits[1]) << 32) + (uint)bits[0]);
        return (digits, (bits[3] >> 16) & 0xFF);
    }
}
