using FundingFlow.Validation;

namespace FundingFlow.Interop.Imports.Mapping;

/// <summary>How the file writes numbers. Strict about grouping, so that 1,5 is never read as 15.</summary>
public sealed record NumberFormat(char Decimal, char? Thousands)
{
    public static readonly NumberFormat Plain = new('.', null);

    public static NumberFormat? Read(JsonInput input)
    {
        var point = Separator(input, "decimal", ['.', ',']) ?? '.';
        var thousands = Separator(input, "thousands", ['.', ',', ' ', '\'', '’', '\u00a0', '\u202f']);
        if (thousands == point) input.Error("thousands", "must differ from the decimal separator");
        return new NumberFormat(point, thousands);
    }

    /// <summary>As a plain decimal ("1250.00"); a currency sign at either end is dropped.</summary>
    /// <returns>Null when it is not a number written in this way.</returns>
    public string? ToPlain(string text)
    {
        var number = text.Trim();
        var sign = number.StartsWith('-') ? "-" : "";
        number = number[sign.Length..].Trim();
        if (number.Length > 0 && IsCurrencySign(number[0])) number = number[1..].TrimStart();
        if (number.Length > 0 && IsCurrencySign(number[^1])) number = number[..^1].TrimEnd();
        var point = number.IndexOf(Decimal, StringComparison.Ordinal);
        var whole = point < 0 ? number : number[..point];
        var fraction = point < 0 ? "" : number[(point + 1)..];
        if (Thousands is { } mark && whole.Contains(mark, StringComparison.Ordinal))
        {
            var groups = whole.Split(mark);
            if (groups[0].Length is 0 or > 3 || groups.Skip(1).Any(group => group.Length != 3)) return null;
            whole = string.Concat(groups);
        }

        if (whole.Length == 0 || !whole.All(char.IsAsciiDigit) || !fraction.All(char.IsAsciiDigit) || (point >= 0 && fraction.Length == 0)) return null;
        return sign + whole + (fraction.Length > 0 ? "." + fraction : "");
    }

    /// <summary>For messages: a number written as it should be.</summary>
    public string Example => $"1{Thousands}250{Decimal}00";

    private static bool IsCurrencySign(char c) => char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.CurrencySymbol;

    private static char? Separator(JsonInput input, string name, char[] allowed)
    {
        if (input.Element(name) is not { } element) return null;
        if (element.ValueKind == System.Text.Json.JsonValueKind.String && element.GetString() is [var one] && allowed.Contains(one)) return one;
        input.Error(name, "must be one of: " + string.Join("  ", allowed.Select(c => $"\"{c}\"")));
        return null;
    }
}
