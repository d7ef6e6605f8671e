using System.Globalization;
using System.Text.Json.Nodes;

namespace FundingFlow.Local.Samples;

/// <summary>
/// The catalogue in <c>samples/</c>: JSON files shaped like the HTTP bodies, in which <c>today</c>, <c>today+30</c> and
/// <c>today-60</c> stand for days counted from the day of loading.
/// </summary>
public static class SampleFiles
{
    private const string Today = "today";

    /// <summary>Where the build puts the catalogue.</summary>
    public static string DefaultFolder => Path.Combine(AppContext.BaseDirectory, "samples");

    /// <summary>The items of one file, with its days resolved.</summary>
    public static IReadOnlyList<JsonObject> Read(string folder, string name, DateOnly today)
        => [.. ReadRaw(folder, name).Select(item => (JsonObject)Resolve(item, today)!)];

    /// <summary>The items of one file as they are written.</summary>
    public static IReadOnlyList<JsonObject> ReadRaw(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        return JsonNode.Parse(File.ReadAllText(path)) is JsonArray items
            ? [.. items.Select(item => item as JsonObject ?? throw new InvalidDataException($"{path}: every item must be an object."))]
            : throw new InvalidDataException($"{path} must hold a list.");
    }

    /// <summary>How many days after <c>today</c> a text means; null when it is no such text.</summary>
    public static int? DaysFromToday(string text)
        => text == Today ? 0
            : text.StartsWith(Today, StringComparison.Ordinal)
                && int.TryParse(text.AsSpan(Today.Length), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var days)
                ? days : null;

    private static JsonNode? Resolve(JsonNode? node, DateOnly today) => node switch
    {
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Resolve(member.Value, today)))),
        JsonArray items => new JsonArray([.. items.Select(item => Resolve(item, today))]),
        JsonValue value when value.TryGetValue<string>(out var text) && DaysFromToday(text) is { } days
            => JsonValue.Create(today.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        _ => node?.DeepClone(),
    };
}
