using System.Globalization;
using System.Text.Json;
using FundingFlow.Money;

namespace FundingFlow.Validation;

/// <summary>The getters of single values.</summary>
public sealed partial class JsonInput
{
    /// <summary>Text without control characters, trimmed; 1 to <paramref name="longest"/> characters.</summary>
    public string? Text(string name, int longest = 200, bool required = false, bool multiline = false)
    {
        var raw = Raw(name, required);
        if (raw is null) return null;
        var text = raw.Trim();
        if (text.Length == 0) return Fail(name, "must not be empty");
        if (text.Length > longest) return Fail(name, $"must have at most {longest} characters");
        if (text.Any(c => PlainText.Refuses(c) && !(multiline && c is '\n' or '\r' or '\t')))
            return Fail(name, "must not contain control characters, such as line breaks or changes of writing direction");
        return text;
    }

    /// <summary>A slug: <c>[a-z0-9-]{1,64}</c>.</summary>
    public string? Slug(string name, bool required = false)
    {
        var text = Raw(name, required);
        return text is null || Validation.Slug.IsValid(text) ? text : Fail(name, Validation.Slug.Rule);
    }

    /// <summary>One of the enum's names in camelCase.</summary>
    public TEnum? Choice<TEnum>(string name, bool required = false) where TEnum : struct, Enum
    {
        var text = Raw(name, required);
        if (text is null) return null;
        foreach (var value in Enum.GetValues<TEnum>())
            if (JsonNamingPolicy.CamelCase.ConvertName(value.ToString()) == text) return value;
        Fail(name, "must be one of " + string.Join(", ", Enum.GetNames<TEnum>().Select(JsonNamingPolicy.CamelCase.ConvertName)));
        return null;
    }

    /// <summary>A positive amount as a decimal string in the unit's smallest units; see <see cref="Money.Decimals"/>.</summary>
    public long? Minor(string name, Unit unit, bool required = false, bool zeroAllowed = false)
    {
        var element = Element(name);
        if (element is null) return Missing<long?>(name, required);
        // Quantities and hours may also be JSON numbers: their text is read, so no float comes in between.
        var text = element.Value.ValueKind switch
        {
            JsonValueKind.String => element.Value.GetString()!,
            JsonValueKind.Number when !unit.IsMoney => element.Value.GetRawText(),
            _ => null,
        };
        if (text is null)
        {
            Error(name, "must be a decimal string such as \"1250.00\"");
            return null;
        }

        if (text.StartsWith('-'))
        {
            Error(name, zeroAllowed ? "must not be negative" : "must be greater than zero");
            return null;
        }

        if (Amount.TryParse(text, unit, out var amount) is { } error)
        {
            Error(name, error);
            return null;
        }

        if (amount.Minor == 0 && !zeroAllowed)
        {
            Error(name, "must be greater than zero");
            return null;
        }

        return amount.Minor;
    }

    /// <summary>A decimal, as string or number, between the bounds (inclusive): a point has digits after it, and there is no plus.</summary>
    public decimal? Number(string name, decimal least, decimal largest, bool required = false)
    {
        var element = Element(name);
        if (element is null) return Missing<decimal?>(name, required);
        var text = element.Value.ValueKind switch
        {
            JsonValueKind.String => element.Value.GetString()!,
            JsonValueKind.Number => element.Value.GetRawText(),
            _ => "",
        };
        if (!text.StartsWith('+') && !text.EndsWith('.') && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            && value >= least && value <= largest) return value;
        Error(name, $"must be a decimal from {least.ToString(CultureInfo.InvariantCulture)} to {largest.ToString(CultureInfo.InvariantCulture)}");
        return null;
    }

    public int? Integer(string name, int least, int largest, bool required = false)
    {
        var element = Element(name);
        if (element is null) return Missing<int?>(name, required);
        if (element.Value.ValueKind == JsonValueKind.Number && element.Value.TryGetInt32(out var value) && value >= least && value <= largest)
            return value;
        Error(name, $"must be a whole number from {least} to {largest}");
        return null;
    }

    public bool? Flag(string name)
    {
        var element = Element(name);
        if (element is null) return null;
        if (element.Value.ValueKind is JsonValueKind.True or JsonValueKind.False) return element.Value.GetBoolean();
        Error(name, "must be true or false");
        return null;
    }

    /// <summary>A calendar day, <c>2026-11-24</c>, from 1900 to 2199.</summary>
    public DateOnly? Date(string name, bool required = false)
    {
        var text = Raw(name, required);
        if (text is null) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 1900 and < 2200)
            return day;
        Fail(name, "must be an existing date written as 2026-11-24");
        return null;
    }

    public Currency? Currency(string name, bool required = false)
    {
        var text = Raw(name, required);
        if (text is null) return null;
        if (Money.Currency.Find(text) is { } known) return known;
        Fail(name, "must be an ISO 4217 currency code such as EUR");
        return null;
    }

    private string? Raw(string name, bool required)
    {
        var element = Element(name);
        if (element is null) return Missing<string?>(name, required);
        return element.Value.ValueKind == JsonValueKind.String ? element.Value.GetString() : Fail(name, "must be a text");
    }

    private T? Missing<T>(string name, bool required)
    {
        if (required) Error(name, "is required");
        return default;
    }

    private string? Fail(string name, string error)
    {
        Error(name, error);
        return null;
    }
}
