using System.Text.Json;
using System.Text.Json.Nodes;
using FundingFlow.Functions.Access;
using FundingFlow.Functions.Cities;
using FundingFlow.Functions.Money;
using FundingFlow.Functions.Partners;
using FundingFlow.Functions.Projects;

namespace FundingFlow.Tests.Unit.Http;

/// <summary>Every value of a good body in turn becomes something nasty: the answer is a 2xx, or a 4xx that says where.</summary>
public sealed class NastyInputTests : IDisposable
{
    private static readonly string[] Nasty =
    [
        "null", "true", "0", "-1", "1e400", "1E-400", "99999999999999999999999999999999999999999999", "1.5", "\"\"", "\" \"", "\"NaN\"", "\"-0\"", "\"1e5\"",
        "\"\\u0000\"", "\"a\\r\\nBcc: x@y.example\"", "\"\\u202e\\u05d0\"", "\"😀\"", "\"a/b\\\\c#d?e\"", "\"=HYPERLINK(1)\"",
        "[]", "[null]", "[[]]", "[{}]", "{}", "{\"a\":{\"a\":{}}}", "\"9999-99-99\"", "\"0001-01-01\"", "\"" + "x".PadRight(5000, 'x') + "\"", "\"ß\"", "\"İ\"",
    ];

    private readonly TestApi api = new();

    public void Dispose() => api.Dispose();

    [Theory]
    [InlineData("partner", """{"name":"Rome","sector":"public","city":"Rome","country":"IT","interests":["culture"],"contacts":[{"id":"a","name":"A","email":"a@b.example","language":"it","timeZone":"Europe/Rome","digest":{"frequency":"weekly","areas":["culture"]}}]}""")]
    [InlineData("partner", """{"name":"Rome","sector":"public","email":"a@b.example","language":"it","digest":{"frequency":"weekly"}}""")]
    [InlineData("city", """{"name":"Rome","aliases":["Roma"],"country":"IT","timeZone":"Europe/Rome","latitude":1,"longitude":"2","twins":["Kigali"],"situation":"peace"}""")]
    [InlineData("project", """{"title":"T","city":"Rome","country":"IT","area":"youth","currency":"EUR","startsOn":"2026-01-01","endsOn":"2026-02-01","requestedBy":"x","implementers":["y"],"needs":[{"id":"a","kind":"money","amount":"1","minimumViable":"1","area":"ict","city":"Rome"},{"kind":"inKind","item":"laptop","quantity":1,"unit":"piece"},{"kind":"time","skill":"teaching","hours":"1"}],"budget":[{"from":"2026-01-01","to":"2026-02-01","amount":"1","spent":"1"}]}""")]
    [InlineData("key", """{"role":"city","label":"x","partners":[],"projects":[],"cities":["kigali"]}""")]
    [InlineData("rates", """{"rates":[{"currency":"RWF","rate":"1500","date":"2026-01-01","source":"x"}]}""")]
    public async Task No_value_anywhere_in_a_body_breaks_a_call(string call, string body)
    {
        await api.PutAsync<PutCity>("kigali", """{"name":"Kigali","country":"RW"}""");
        foreach (var place in Places(JsonNode.Parse(body)!).ToList())
        {
            foreach (var nasty in Nasty)
            {
                var answer = await CallAsync(call, body.Length, Replaced(body, place, nasty));
                Assert.True(answer.Status is 200 or 201 or (>= 400 and < 500), $"{place} = {nasty}: {answer.Status}");
                if (answer.Status == 400) Assert.NotEmpty(answer.Pointers);
            }
        }
    }

    private Task<Answer> CallAsync(string call, int id, string body) => call switch
    {
        "partner" => api.PutAsync<PutPartner>($"x-{id}", body),
        "city" => api.PutAsync<PutCity>($"x-{id}", body),
        "project" => api.PutAsync<PutProject>($"x-{id}", body),
        "key" => api.PostAsync<MakeKey>(body),
        _ => api.PutAsync<PutRates>(null, body),
    };

    private static IEnumerable<string> Places(JsonNode node)
    {
        yield return node.GetPath();
        IEnumerable<JsonNode?> children = node switch
        {
            JsonObject members => members.Select(member => member.Value),
            JsonArray items => items,
            _ => [],
        };
        foreach (var place in children.OfType<JsonNode>().SelectMany(Places)) yield return place;
    }

    /// <summary>By text, so that what no JSON library would write can stand there.</summary>
    private static string Replaced(string body, string place, string nasty)
    {
        const string mark = "\u2060mark\u2060";
        var whole = JsonNode.Parse(body)!;
        if (place == "$") return nasty;
        var found = Find(whole, place);
        found.ReplaceWith(mark);
        return whole.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping })
            .Replace($"\"{mark}\"", nasty, StringComparison.Ordinal)
            .Replace($"\"{mark.Replace("\u2060", "\\u2060", StringComparison.Ordinal)}\"", nasty, StringComparison.Ordinal);
    }

    private static JsonNode Find(JsonNode node, string path)
        => node.GetPath() == path
            ? node
            : (node is JsonObject members ? members.Select(member => member.Value) : (JsonArray)node).OfType<JsonNode>()
                .First(child => path == child.GetPath() || path.StartsWith(child.GetPath() + ".", StringComparison.Ordinal) || path.StartsWith(child.GetPath() + "[", StringComparison.Ordinal)) is var next
                ? Find(next, path)
                : throw new InvalidOperationException(path);
}
