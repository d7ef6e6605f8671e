using System.Globalization;
using System.Text.Json;
using FundingFlow.Validation;

namespace FundingFlow.Interop.Imports.Mapping;

/// <summary>How the file writes dates; the first format that fits decides.</summary>
public sealed record DateFormats(IReadOnlyList<string> Formats)
{
    public static readonly DateFormats Iso = new(["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ssK"]);

    public static DateFormats Read(JsonInput input, string name)
    {
        if (!input.Has(name)) return Iso;
        var formats = new List<string>();
        foreach (var (item, pointer) in input.Items(name, 10))
        {
            var format = item.ValueKind == JsonValueKind.String ? item.GetString()! : "";
            if (IsDayFormat(format)) formats.Add(format);
            else input.Errors.Add(pointer, "must be a date format of d, M and y, such as dd.MM.yyyy or M/d/yyyy");
        }

        return new DateFormats(formats);
    }

    /// <summary>The day as it is written, whatever offset stands behind it, from 1900 to 2199; null when no format fits.</summary>
    public DateOnly? ToDay(string text)
    {
        foreach (var format in Formats)
            if (DateTimeOffset.TryParseExact(text.Trim(), format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
                && moment.Year is >= 1900 and < 2200) return DateOnly.FromDateTime(moment.DateTime);
        return null;
    }

    private static bool IsDayFormat(string format)
        => format.Length is >= 3 and <= 40 && format.All(c => "dMy./-, ".Contains(c, StringComparison.Ordinal))
            && format.Contains('d', StringComparison.Ordinal) && format.Contains('M', StringComparison.Ordinal)
            && format.Contains("yy", StringComparison.Ordinal);
}
