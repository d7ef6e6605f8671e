using System.Text;
using System.Text.Json;

namespace FundingFlow.Validation;

/// <summary>
/// The parser lets half a surrogate pair (<c>\ud800</c>) and bytes that are no UTF-8 pass, and throws only when the text is asked for:
/// so every name and text is looked at before anybody asks.
/// </summary>
internal static class JsonUnicode
{
    /// <summary>Whether the text can hold such a thing at all; most have neither an escape nor a byte beyond ASCII.</summary>
    public static bool MayBeMalformed(ReadOnlySpan<byte> utf8) => !Ascii.IsValid(utf8) || utf8.IndexOf("\\u"u8) >= 0;

    public static void Check(JsonElement element, string pointer, InputErrors errors)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String when TextOf(element.GetString) is null:
                errors.Add(pointer, "must be well-formed Unicode");
                break;
            case JsonValueKind.Array:
                foreach (var (index, item) in element.EnumerateArray().Index()) Check(item, $"{pointer}/{index}", errors);
                break;
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    if (TextOf(() => member.Name) is { } name) Check(member.Value, JsonInput.PointerOf(pointer, name), errors);
                    else errors.Add(pointer, "has a member whose name is not well-formed Unicode");
                }

                break;
        }
    }

    private static string? TextOf(Func<string?> ask)
    {
        try
        {
            return ask();
        }
        catch (InvalidOperationException)
        {
            return null; // The parser's way of saying that it is no Unicode.
        }
    }
}
