using System.Globalization;
using System.Text.Json;
using FundingFlow.Money;

namespace FundingFlow.Validation;

/// <summary>The errors met while one request is read, by JSON pointer.</summary>
public sealed class InputErrors
{
    private readonly Dictionary<string, List<string>> byPointer = new(StringComparer.Ordinal);

    public bool Any => byPointer.Count > 0;

    public void Add(string pointer, string error)
    {
        if (!byPointer.TryGetValue(pointer, out var list)) byPointer[pointer] = list = [];
        list.Add(error);
    }

    public Refusal ToRefusal()
    {
        var first = byPointer.First();
        var more = byPointer.Count > 1 ? $" ({byPointer.Count - 1} more, see errors)" : "";
        return new Refusal(RefusalKind.Invalid, $"{(first.Key.Length == 0 ? "The request" : first.Key)} {first.Value[0]}{more}",
            byPointer.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray()));
    }
}

/// <summary>
/// Reads one JSON object member by member. Every getter notes what is wrong under the member's pointer and answers
/// null, so that one pass finds all errors; members that nobody asked for are refused by <see cref="RefuseOthers"/>.
/// </summary>
public sealed class JsonInput
{
    /// <summary>Deeper nesting is refused by the parser.</summary>
    public const int MaxDepth = 32;

    private readonly Dictionary<string, JsonElement> members = new(StringComparer.Ordinal);
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);

    public JsonInput(JsonElement element, string pointer, InputErrors errors)
    {
        Pointer = pointer;
        Errors = errors;
        if (element.ValueKind != JsonValueKind.Object)
        {
            errors.Add(pointer, "must be a JSON object");
            return;
        }

        foreach (var member in element.EnumerateObject())
            if (!members.TryAdd(member.Name, member.Value))
                errors.Add(At(member.Name), "is given twice");
    }

    public string Pointer { get; }
    public InputErrors Errors { get; }
    public IEnumerable<string> Names => members.Keys;

    /// <summary>Parses a whole text (UTF-8, no comments, no trailing commas) and reads it with <paramref name="read"/>.</summary>
    public static Outcome<T> Parse<T>(ReadOnlyMemory<byte> utf8, Func<JsonInput, T?> read)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = MaxDepth });
            return Of(document.RootElement, read);
        }
        catch (JsonException malformed)
        {
            var place = malformed.LineNumber is { } line ? $" (line {line + 1}, byte {malformed.BytePositionInLine + 1})" : "";
            return Refusal.Invalid("", $"is not well-formed JSON of at most {MaxDepth} levels{place}");
        }
    }

    /// <summary>Reads an element that is already parsed.</summary>
    public static Outcome<T> Of<T>(JsonElement element, Func<JsonInput, T?> read)
    {
        if (IllFormed(element, "") is { } place) return Refusal.Invalid(place, "must be well-formed Unicode");
        var errors = new InputErrors();
        var input = new JsonInput(element, "", errors);
        var value = errors.Any ? default : read(input);
        if (!errors.Any) input.RefuseOthers();
        if (errors.Any || value is null) return errors.Any ? errors.ToRefusal() : Refusal.Invalid("", "cannot be read");
        return value;
    }

    public string At(string name) => Join(Pointer, name);

    public void Error(string name, string error) => Errors.Add(At(name), error);

    /// <summary>Whether the member is there and not null.</summary>
    public bool Has(string name) => members.TryGetValue(name, out var found) && found.ValueKind != JsonValueKind.Null;

    /// <summary>The raw member; null when absent or JSON null.</summary>
    public JsonElement? Element(string name)
    {
        asked.Add(name);
        return Has(name) ? members[name] : null;
    }

    /// <summary>Call once everything known was asked for, also on nested objects.</summary>
    public void RefuseOthers()
    {
        foreach (var name in members.Keys.Where(name => !asked.Contains(name)))
            Errors.Add(At(name), "is not a member of this request; remove it (known: " + string.Join(", ", asked.Order(StringComparer.Ordinal)) + ")");
    }

    /// <summary>Text without control characters, trimmed; 1 to <paramref name="longest"/> characters.</summary>
    public string? Text(string name, int longest = 200, bool required = false, bool multiline = false)
    {
        var raw = Raw(name, required);
        if (raw is null) return null;
        var text = raw.Trim();
        if (text.Length == 0) return Fail(name, "must not be empty");
        if (text.Length > longest) return Fail(name, $"must have at most {longest} characters");
        if (text.Any(c => char.IsControl(c) && !(multiline && c is '\n' or '\r' or '\t')))
            return Fail(name, "must not contain control characters such as line breaks");
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

    /// <summary>A decimal, as string or number, between the bounds (inclusive).</summary>
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
        if (decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
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

    /// <summary>Slugs without repetition; each is checked by <paramref name="isKnown"/> when given.</summary>
    public IReadOnlyList<string> Slugs(string name, int most = 100, Func<string, bool>? isKnown = null, string unknown = "is not known")
    {
        var slugs = new List<string>();
        foreach (var (item, pointer) in Items(name, most))
        {
            if (item.ValueKind != JsonValueKind.String) Errors.Add(pointer, "must be a text");
            else if (!Validation.Slug.IsValid(item.GetString()!)) Errors.Add(pointer, Validation.Slug.Rule);
            else if (isKnown is not null && !isKnown(item.GetString()!)) Errors.Add(pointer, unknown);
            else if (slugs.Contains(item.GetString()!)) Errors.Add(pointer, "is given twice");
            else slugs.Add(item.GetString()!);
        }

        return slugs;
    }

    /// <summary>Texts (see <see cref="Text"/>), in order.</summary>
    public IReadOnlyList<string> Texts(string name, int most = 100, int longest = 200)
    {
        var texts = new List<string>();
        foreach (var (item, pointer) in Items(name, most))
        {
            var text = item.ValueKind == JsonValueKind.String ? item.GetString()!.Trim() : "";
            if (text.Length == 0 || text.Length > longest || text.Any(char.IsControl))
                Errors.Add(pointer, $"must be a text of 1 to {longest} characters without control characters");
            else texts.Add(text);
        }

        return texts;
    }

    /// <summary>A nested object, or null when absent. The reader must ask for all its members; the rest is refused here.</summary>
    public T? Object<T>(string name, Func<JsonInput, T?> read, bool required = false)
    {
        var element = Element(name);
        return element is null ? Missing<T?>(name, required) : Nested(element.Value, At(name), read);
    }

    /// <summary>The objects of an array, in order; those with errors are left out (the errors are noted).</summary>
    public IReadOnlyList<T> Objects<T>(string name, Func<JsonInput, T?> read, int most = 1000) where T : class
    {
        var values = new List<T>();
        foreach (var (item, pointer) in Items(name, most))
            if (Nested(item, pointer, read) is { } value) values.Add(value);
        return values;
    }

    /// <summary>The items of an array with their pointers; empty when absent.</summary>
    public IEnumerable<(JsonElement Item, string Pointer)> Items(string name, int most = 1000)
    {
        var element = Element(name);
        if (element is null) return [];
        if (element.Value.ValueKind != JsonValueKind.Array)
        {
            Error(name, "must be a list");
            return [];
        }

        if (element.Value.GetArrayLength() > most)
        {
            Error(name, $"must have at most {most} items");
            return [];
        }

        return element.Value.EnumerateArray().Select((item, i) => (item, $"{At(name)}/{i}"));
    }

    public T? Nested<T>(JsonElement element, string pointer, Func<JsonInput, T?> read)
    {
        var input = new JsonInput(element, pointer, Errors);
        if (element.ValueKind != JsonValueKind.Object) return default;
        var value = read(input);
        input.RefuseOthers();
        return value;
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

    private static string Join(string pointer, string name)
        => pointer + "/" + name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    /// <summary>Where a text or a name holds half a surrogate pair, which JSON can write and no text can hold; null: nowhere.</summary>
    private static string? IllFormed(JsonElement element, string pointer)
    {
        try
        {
            switch (element.ValueKind)
            {
                case JsonValueKind.String:
                    element.GetString();
                    return null;
                case JsonValueKind.Object:
                    return element.EnumerateObject().Select(member => IllFormed(member.Value, Join(pointer, member.Name))).FirstOrDefault(place => place is not null);
                case JsonValueKind.Array:
                    return element.EnumerateArray().Select((item, i) => IllFormed(item, $"{pointer}/{i}")).FirstOrDefault(place => place is not null);
                default:
                    return null;
            }
        }
        catch (InvalidOperationException)
        {
            return pointer;
        }
    }
}
