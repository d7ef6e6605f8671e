using System.Text.Json;

namespace FundingFlow.Validation;

/// <summary>
/// Reads one JSON object member by member. Every getter notes what is wrong under the member's pointer and answers
/// null, so that one pass finds all errors; members that nobody asked for are refused by <see cref="RefuseOthers"/>.
/// </summary>
public sealed partial class JsonInput
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

    /// <summary>
    /// Parses a whole text (UTF-8, no comments, no trailing commas) and reads it with <paramref name="read"/>. A byte order mark, as
    /// Windows writes it before UTF-8, is passed over.
    /// </summary>
    public static Outcome<T> Parse<T>(ReadOnlyMemory<byte> utf8, Func<JsonInput, T?> read)
    {
        var text = WithoutMark(utf8);
        if (text.Span.IndexOfAnyExcept(" \t\r\n"u8) < 0) return Refusal.Invalid("", "is empty: send a JSON object");
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MaxDepth });
            return Of(document.RootElement, read);
        }
        catch (JsonException malformed)
        {
            var place = malformed.LineNumber is { } line ? $" (line {line + 1}, byte {malformed.BytePositionInLine + 1})" : "";
            return Refusal.Invalid("", $"is not well-formed JSON of at most {MaxDepth} levels{place}");
        }
    }

    /// <summary>The same text without the byte order mark that may stand before it.</summary>
    public static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> utf8) => utf8.Span.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8;

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
