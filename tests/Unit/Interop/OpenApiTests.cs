using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using FundingFlow.Functions.Interop;
using FundingFlow.Projects;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace FundingFlow.Tests.Unit.Interop;

/// <summary>The published contract is a valid document and tells of exactly the calls that there are.</summary>
public sealed partial class OpenApiTests
{
    [Fact]
    public async Task The_document_is_valid_OpenAPI_3_1()
    {
        using var stream = new MemoryStream(await ServedAsync());
        var read = await OpenApiDocument.LoadAsync(stream, "json", cancellationToken: TestContext.Current.CancellationToken);
        Assert.NotNull(read.Diagnostic);
        Assert.Empty(read.Diagnostic.Errors.Select(error => $"{error.Pointer}: {error.Message}"));
        Assert.Empty(read.Diagnostic.Warnings.Select(warning => $"{warning.Pointer}: {warning.Message}"));
        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, read.Diagnostic.SpecificationVersion);
        Assert.NotNull(read.Document);
        Assert.Equal(ReferencedSchemas(await JsonAsync()), read.Document.Components!.Schemas!.Keys.ToHashSet());
    }

    [Fact]
    public async Task Every_route_of_the_functions_is_described()
        => Assert.Empty(Routes().Except(Described(await JsonAsync())));

    [Fact]
    public async Task Every_call_that_is_described_has_its_function()
        => Assert.Empty(Described(await JsonAsync()).Except(Routes()));

    [Fact]
    public async Task Path_parameters_are_those_of_the_path()
    {
        foreach (var (path, operations) in Paths(await JsonAsync()))
            foreach (var operation in operations.EnumerateObject())
                Assert.Equal(
                    PathParameter().Matches(path).Select(match => match.Groups[1].Value),
                    Parameters(operation.Value).Where(parameter => parameter.In == "path").Select(parameter => parameter.Name));
    }

    [Fact]
    public async Task Calls_that_move_money_ask_for_an_idempotency_key()
    {
        var asking = Paths(await JsonAsync())
            .SelectMany(path => path.Operations.EnumerateObject().Select(operation => (path.Path, operation.Name, operation.Value)))
            .Where(operation => Parameters(operation.Value).Contains(("Idempotency-Key", "required")))
            .Select(operation => operation.Name == "post" ? operation.Path : $"{operation.Name.ToUpperInvariant()} {operation.Path}");
        Assert.Equal(
            [
                "/pledges", "PATCH /pledges/{id}", "/pledges/{id}/confirm", "/pledges/{id}/withdraw", "/pledges/{id}/receipts", "/pledges/{id}/receipts/{receiptId}/reverse", "/pledges/{id}/write-off",
                "/allocations/{id}/confirm", "/allocations/{id}/decline", "/allocations/{id}/move", "/rebalances",
            ], asking);
    }

    [Fact]
    public async Task Calls_that_answer_a_pledge_say_that_its_version_comes_along()
    {
        const string pledge = "#/components/schemas/Pledge";
        var answers = Paths(await JsonAsync())
            .SelectMany(path => path.Operations.EnumerateObject().Select(operation => (Call: Call(operation.Name, path.Path), Answer: operation.Value.GetProperty("responses"))))
            .Where(operation => operation.Answer.TryGetProperty("200", out var ok) && ok.GetRawText().Contains($"\"schema\": {{\"$ref\": \"{pledge}\"}}", StringComparison.Ordinal))
            .ToList();
        Assert.Equal(9, answers.Count);
        Assert.All(answers, operation => Assert.True(operation.Answer.GetProperty("200").TryGetProperty("headers", out var headers) && headers.TryGetProperty("ETag", out _), operation.Call));
    }

    [Fact]
    public async Task Areas_are_the_seven()
    {
        var schema = (await JsonAsync()).GetProperty("components").GetProperty("schemas").GetProperty("AreaSlug");
        Assert.Equal(Areas.All, schema.GetProperty("enum").EnumerateArray().Select(area => area.GetString()));
    }

    /// <summary>"GET /partners/{}": methods and routes below /api, whatever the parameters are called.</summary>
    private static HashSet<string> Routes()
        => [.. from type in typeof(OpenApiFunction).Assembly.GetTypes()
               from method in type.GetMethods()
               where method.IsDefined(typeof(FunctionAttribute))
               from parameter in method.GetParameters()
               let trigger = parameter.GetCustomAttribute<HttpTriggerAttribute>()
               where trigger?.Route is not null && trigger.Route.StartsWith("api/", StringComparison.Ordinal)
               from verb in trigger.Methods ?? []
               select Call(verb, trigger.Route!["api".Length..])];

    private static HashSet<string> Described(JsonElement document)
        => [.. from path in Paths(document)
               from operation in path.Operations.EnumerateObject()
               select Call(operation.Name, path.Path)];

    private static string Call(string verb, string path) => $"{verb.ToUpperInvariant()} {PathParameter().Replace(path, "{}")}";

    private static IEnumerable<(string Path, JsonElement Operations)> Paths(JsonElement document)
        => document.GetProperty("paths").EnumerateObject().Select(path => (path.Name, path.Value));

    private static IEnumerable<(string Name, string In)> Parameters(JsonElement operation)
        => operation.TryGetProperty("parameters", out var parameters)
            ? parameters.EnumerateArray().Select(parameter => parameter.TryGetProperty("$ref", out var reference)
                ? (reference.GetString() == "#/components/parameters/IdempotencyKey" ? "Idempotency-Key" : "", "required")
                : (parameter.GetProperty("name").GetString()!, parameter.GetProperty("in").GetString()!))
            : [];

    private static HashSet<string> ReferencedSchemas(JsonElement document)
        => [.. SchemaReference().Matches(document.GetRawText()).Select(match => match.Groups[1].Value)];

    private static async Task<JsonElement> JsonAsync()
    {
        using var document = JsonDocument.Parse(await ServedAsync());
        return document.RootElement.Clone();
    }

    /// <summary>As the function answers it.</summary>
    private static async Task<byte[]> ServedAsync()
    {
        using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = services };
        context.Response.Body = body;
        await new OpenApiFunction().Run(context.Request).ExecuteAsync(context);
        Assert.Equal("application/json; charset=utf-8", context.Response.ContentType);
        return body.ToArray();
    }

    [GeneratedRegex(@"\{([^}:?]+)[^}]*\}")]
    private static partial Regex PathParameter();

    [GeneratedRegex(@"""#/components/schemas/([^""]+)""")]
    private static partial Regex SchemaReference();
}
