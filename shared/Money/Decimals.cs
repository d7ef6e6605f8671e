using System.Globalization;
using System.Numerics;

namespace FundingFlow.Money;

/// <summary>Decimal text to and from whole numbers of smallest units, without a float in between.</summary>
public static class Decimals
{
    /// <summary>
    /// Reads <c>digits[.digits]</c> into smallest units. Trailing zeros beyond <paramref name="exponent"/> are accepted.
    /// </summary>
    /// <returns>Null when it is well formed; else what is wrong and the fix.</returns>
    public static string? TryParse(string text, int exponent, string code, long largest, out long minor)
    {
        minor = 0;
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? text : text[..point];
        var fraction = point < 0 ? "" : text[(point + 1)..];
        if (whole.Length == 0 || (point >= 0 && fraction.Length == 0) || !whole.All(char.IsAsciiDigit) || !fraction.All(char.IsAsciiDigit))
            return "must be a plain decimal such as \"1250.00\": digits, and a point before the decimals";
        if (text.Length > 64) return "has too many digits";
        fraction = fraction.TrimEnd('0');
        if (fraction.Length > exponent)
            return exponent == 0 ? $"must be a whole number: {code} has no decimals" : $"has more than the {exponent} decimals of {code}";
        var value = BigInteger.Parse(whole + fraction.PadRight(exponent, '0'), NumberStyles.None, CultureInfo.InvariantCulture);
        if (value > largest) return $"is too large: at most {Write(largest, exponent)}";
        minor = (long)value;
        return null;
    }

    public static string Write(long minor, int exponent)
    {
        var digits = BigInteger.Abs(minor).ToString(CultureInfo.InvariantCulture).PadLeft(exponent + 1, '0');
        var sign = minor < 0 ? "-" : "";
        return exponent == 0 ? sign + digits : $"{sign}{digits[..^exponent]}.{digits[^exponent..]}";
    }
}
