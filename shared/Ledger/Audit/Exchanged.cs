using System.Globalization;
using System.Numerics;
using FundingFlow.Money;

namespace FundingFlow.Ledger.Audit;

/// <summary>An exchange over two rates, exact until the one rounding down at its end.</summary>
internal static class Exchanged
{
    public static BigInteger MostOf(long minor, Unit from, ExchangeRate fromRate, Unit to, ExchangeRate toRate)
    {
        // minor / 10^from.Exponent / fromRate * toRate * 10^to.Exponent
        var (fromWhole, fromDecimals) = Digits(fromRate.UnitsPerReporting);
        var (toWhole, toDecimals) = Digits(toRate.UnitsPerReporting);
        return minor * toWhole * BigInteger.Pow(10, fromDecimals + to.Exponent) / (fromWhole * BigInteger.Pow(10, toDecimals + from.Exponent));
    }

    /// <summary>The digits without their point, and how many stand behind it.</summary>
    private static (BigInteger Whole, int Decimals) Digits(decimal value)
    {
        var text = value.ToString(CultureInfo.InvariantCulture);
        var point = text.IndexOf('.', StringComparison.Ordinal);
        return (BigInteger.Parse(text.Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture), point < 0 ? 0 : text.Length - point - 1);
    }
}
