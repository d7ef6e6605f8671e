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

    /// <summary>From smallest units of the currency that <paramref name="from"/> quotes to those of this one's, rounded down.</summary>
    public long FromOther(long minor, ExchangeRate from) => from.Currency == Currency ? minor : Exchange(minor, from, this);

    private static long Exchange(long minor, ExchangeRate from, ExchangeRate to)
    {
        if (from.Reporting != to.Reporting)
            throw new InvalidOperationException($"Rates against {from.Reporting} and {to.Reporting} do not combine.");
        var (fromDigits, fromScale) = Digits(from.UnitsPerReporting);
        var (toDigits, toScale) = Digits(to.UnitsPerReporting);
        var numerator = minor * toDigits * BigInteger.Pow(10, fromScale + Money.Currency.Of(to.Currency).Exponent);
        var denominator = fromDigits * BigInteger.Pow(10, toScale + Money.Currency.Of(from.Currency).Exponent);
        return (long)BigInteger.Divide(numerator, denominator);
    }

    private static (BigInteger Digits, int Scale) Digits(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var digits = (new BigInteger((uint)bits[2]) << 64) + (new BigInteger((uint)bits[1]) << 32) + (uint)bits[0];
        return (digits, (bits[3] >> 16) & 0xFF);
    }
}
