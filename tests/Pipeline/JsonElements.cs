using System.Globalization;
using System.Text.Json;

namespace FundingFlow.Tests.Pipeline;

/// <summary>Looks into an answer by a path such as <c>needs/0/funding/pledged</c>.</summary>
internal static class JsonElements
{
    public static JsonElement At(this JsonElement element, string path)
        => path.Split('/').Aggregate(element, (at, name) => at.ValueKind == JsonValueKind.Array
            ? at[int.Parse(name, CultureInfo.InvariantCulture)]
            : at.GetProperty(name));

    public static string Text(this JsonElement element, string path) => element.At(path).GetString()!;

    public static decimal Decimal(this JsonElement element, string path) => decimal.Parse(element.Text(path), CultureInfo.InvariantCulture);

    public static JsonElement[] Items(this JsonElement element, string path) => [.. element.At(path).EnumerateArray()];
}
