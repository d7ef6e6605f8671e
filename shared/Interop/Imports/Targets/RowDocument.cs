using System.Text.Json;
using System.Text.Json.Nodes;

namespace FundingFlow.Interop.Imports.Targets;

/// <summary>Builds the JSON document that the HTTP call takes out of a row's fields, so that one reader holds every rule.</summary>
internal static class RowDocument
{
    /// <summary>Copies the fields that the row has, under the same names.</summary>
    public static JsonObject Copy(this JsonObject document, MappedRow row, params ReadOnlySpan<string> fields)
    {
        foreach (var field in fields)
            if (row[field] is { } text) document[field] = text;
        return document;
    }

    public static JsonObject CopyList(this JsonObject document, MappedRow row, params ReadOnlySpan<string> fields)
    {
        foreach (var field in fields)
            if (row.List(field) is { Count: > 0 } items) document[field] = new JsonArray([.. items.Select(item => JsonValue.Create(item))]);
        return document;
    }

    /// <summary>A whole number, where the document wants one; other text is left for the reader to refuse.</summary>
    public static JsonObject CopyInteger(this JsonObject document, MappedRow row, string field)
    {
        if (row[field] is { } text) document[field] = int.TryParse(text, out var number) ? JsonValue.Create(number) : JsonValue.Create(text);
        return document;
    }

    public static JsonObject With(this JsonObject document, string member, JsonNode? value)
    {
        if (value is not null && value is not JsonObject { Count: 0 }) document[member] = value;
        return document;
    }

    public static JsonElement ToElement(this JsonObject document) => JsonSerializer.SerializeToElement(document);
}
