using System.Globalization;
using System.Text;
using FundingFlow.Functions.Http;
using FundingFlow.Money;

namespace FundingFlow.Functions.Dashboard;

/// <summary>Amounts and days as a person reads them.</summary>
public static class Figures
{
    private const char NoBreak = '\u00A0';

    /// <summary>"EUR 180,000", "USD 12.50", "1,200 h agronomy", "40 × laptop", "2,500 kg seeds"; decimals only where there are some.</summary>
    public static string Text(long minor, Unit unit) => unit.Kind switch
    {
        ResourceKind.Money => $"{unit.Code}{NoBreak}{Number(minor, unit.Exponent, asMoney: true)}",
        ResourceKind.Time => $"{Number(minor, unit.Exponent)}{NoBreak}h {Words(unit.Code)}",
        _ when unit.Measure is "" or "piece" => $"{Number(minor, unit.Exponent)}{NoBreak}×{NoBreak}{Words(unit.Code)}",
        _ => $"{Number(minor, unit.Exponent)}{NoBreak}{unit.Measure} {Words(unit.Code)}",
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
    public static string Number(long minor, int exponent, bool asMoney = false)
    {
        var plain = Decimals.Write(minor, exponent);
        var (whole, fraction) = plain.IndexOf('.', StringComparison.Ordinal) is var point and >= 0 ? (plain[..point], plain[point..]) : (plain, "");
        if (fraction.All(c => c is '.' or '0')) fraction = "";
        if (!asMoney) fraction = fraction.TrimEnd('0');
        var negative = whole.StartsWith('-');
        var digits = negative ? whole[1..] : whole;
        var grouped = new StringBuilder(negative ? "−" : "");
        for (var i = 0; i < digits.Length; i++)
        {
            if (i > 0 && (digits.Length - i) % 3 == 0) grouped.Append(',');
            grouped.Append(digits[i]);
        }

        return grouped.Append(fraction).ToString();
    }

    private static string Words(string slug) => slug.Replace('-', ' ');
}
