using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;
using FundingFlow.Functions.Http;
using FundingFlow.Money;
using FundingFlow.Projects;

namespace FundingFlow.Functions.Dashboard;

/// <summary>Amounts and days as a person reads them.</summary>
public static partial class Figures
{
    private const char NoBreak = '\u00A0';

    /// <summary>"EUR 180,000", "USD 12.50", "1,200 h agronomy", "40 × laptop", "2,500 kg seeds"; decimals only where there are some.</summary>
    public static string Text(BigInteger minor, Unit unit) => unit.Kind switch
    {
        ResourceKind.Money => $"{unit.Code}{NoBreak}{Number(minor, unit.Exponent, asMoney: true)}",
        ResourceKind.Time => $"{Number(minor, unit.Exponent)}{NoBreak}h {Catalogue.NameOf(unit.Code)}",
        _ when unit.Measure is "" or "piece" => $"{Number(minor, unit.Exponent)}{NoBreak}×{NoBreak}{Catalogue.NameOf(unit.Code)}",
        _ => $"{Number(minor, unit.Exponent)}{NoBreak}{unit.Measure} {Catalogue.NameOf(unit.Code)}",
    };

    public static string Text(Amount amount) => Text(amount.Minor, amount.Unit);

    /// <summary>"42 %", "under 1 %", "over 100 %" stays 131 %; a dash when nothing is required.</summary>
    public static string Percent(int? permille) => permille switch
    {
        null => "–",
        > 0 and < 10 => $"under{NoBreak}1{NoBreak}%",
        { } some => $"{(some / 10).ToString(CultureInfo.InvariantCulture)}{NoBreak}%",
    };

    public static Html Day(DateOnly day)
        => Html.Of($"<time datetime=\"{day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}\">{day.ToString("d MMM yyyy", CultureInfo.InvariantCulture).Replace(' ', NoBreak)}</time>");

    public static string Count(int count, string one, string many) => $"{Number(count, 0)}{NoBreak}{(count == 1 ? one : many)}";

    /// <summary>Groups of three, a point before the decimals: 1,234,567.50.</summary>
    public static string Number(BigInteger minor, int exponent, bool asMoney = false)
    {
        var plain = BigInteger.Abs(minor).ToString(CultureInfo.InvariantCulture).PadLeft(exponent + 1, '0');
        var (digits, fraction) = (plain[..^exponent], plain[^exponent..]);
        if (!asMoney || fraction.All(c => c == '0')) fraction = fraction.TrimEnd('0');
        var grouped = new StringBuilder(minor.Sign < 0 ? "−" : "");
        for (var i = 0; i < digits.Length; i++)
        {
            if (i > 0 && (digits.Length - i) % 3 == 0) grouped.Append(',');
            grouped.Append(digits[i]);
        }

        return fraction.Length == 0 ? grouped.ToString() : grouped.Append('.').Append(fraction).ToString();
    }

    /// <summary>Amounts within a text, such as "EUR 49000.00", as <see cref="Text(BigInteger, Unit)"/> writes them.</summary>
    public static string Readable(string text) => WrittenAmount().Replace(text, found =>
        Currency.Find(found.Groups[1].Value) is { } currency && Amount.TryParse(found.Groups[2].Value, Unit.Of(currency), out var amount) is null
            ? Text(amount) : found.Value);

    [GeneratedRegex(@"\b([A-Z]{3}) (\d+(?:\.\d+)?)(?![\d,])")]
    private static partial Regex WrittenAmount();
}
