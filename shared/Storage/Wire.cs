using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace FundingFlow.Storage;

/// <summary>The one way in which rows, messages and answers are written as JSON: what a document was made of, never what follows from it.</summary>
public static class Wire
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.Strict,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutDerived } },
    };

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Json);

    /// <exception cref="JsonException">The text is not a <typeparamref name="T"/>.</exception>
    public static T Read<T>(string text)
        => JsonSerializer.Deserialize<T>(text, Json) ?? throw new JsonException($"Expected a {typeof(T).Name}, met null.");

    public static T Read<T>(Row row) => Read<T>(row.Body);

    /// <summary>Members without a setter are computed from the others; anonymous types, whose members all are such, keep them.</summary>
    private static void LeaveOutDerived(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object || type.Type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)) return;
        foreach (var derived in type.Properties.Where(property => property.Set is null).ToList()) type.Properties.Remove(derived);
    }
}
