using System.Text;
using System.Text.Json;
using FundingFlow.Functions;
using FundingFlow.Storage;
using FundingFlow.Tests.Simulation;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FundingFlow.Tests.Unit.Http;

/// <param name="Body">Undefined where the answer has none.</param>
public sealed record Answer(int Status, JsonElement Body, string? ETag)
{
    public string Text(string member) => Body.GetProperty(member).GetString()!;

    /// <summary>Pointers of a problem's errors, in order.</summary>
    public IReadOnlyList<string> Pointers
        => Body.TryGetProperty("errors", out var errors) ? [.. errors.EnumerateObject().Select(error => error.Name).Order(StringComparer.Ordinal)] : [];
}

/// <summary>The function classes as both hosts compose them, over stores in memory, called without a server.</summary>
public sealed class TestApi : IDisposable
{
    public const string StaffKey = "staff-key-for-tests-0123456789";
    private readonly ServiceProvider services;

    public TestApi(string reporting = "EUR")
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["FundingFlow:Access:StaffKey"] = StaffKey,
            ["FundingFlow:ReportingCurrency"] = reporting,
            ["AzureWebJobsStorage"] = "UseDevelopmentStorage=true",
        }).Build();
        Queues = new InMemoryQueues(Clock);
        services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration).AddSingleton<TimeProvider>(Clock)
            .AddFundingFlow(configuration)
            .AddSingleton<ITables>(Tables).AddSingleton<IQueues>(Queues).AddSingleton<IBlobs>(new InMemoryBlobs())
            .BuildServiceProvider();
    }

    public TestClock Clock { get; } = new();
    public InMemoryTables Tables { get; } = new();
    public InMemoryQueues Queues { get; }

    public T Service<T>() where T : notnull => services.GetRequiredService<T>();

    public Task<Answer> PutAsync<TFunction>(string? id, string body, string? key = StaffKey, string? ifMatch = null, string? ifNoneMatch = null)
        => CallAsync<TFunction>("PUT", id, key, body, headers: [("If-Match", ifMatch), ("If-None-Match", ifNoneMatch)]);

    public Task<Answer> PostAsync<TFunction>(string body, string? key = StaffKey) => CallAsync<TFunction>("POST", null, key, body);

    public Task<Answer> GetAsync<TFunction>(string? id = null, string query = "", string? key = StaffKey)
        => CallAsync<TFunction>("GET", id, key, query: query);

    public async Task<Answer> CallAsync<TFunction>(
        string method, string? id, string? key, string? body = null, string query = "", (string Name, string? Value)[]? headers = null)
    {
        var context = new DefaultHttpContext { RequestServices = services };
        var request = context.Request;
        request.Method = method;
        request.QueryString = new QueryString(query);
        if (key is not null) request.Headers["X-Api-Key"] = key;
        foreach (var (name, value) in headers ?? [])
            if (value is not null) request.Headers[name] = value;
        if (body is not null)
        {
            request.ContentType = "application/json";
            request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        }

        using var answer = new MemoryStream();
        context.Response.Body = answer;
        var run = typeof(TFunction).GetMethod("RunAsync")!;
        var function = ActivatorUtilities.CreateInstance<TFunction>(services);
        var result = await (Task<IResult>)run.Invoke(function, run.GetParameters().Length == 1 ? [request] : [request, id])!;
        await result.ExecuteAsync(context);
        using var document = answer.Length == 0 ? null : JsonDocument.Parse(answer.ToArray());
        return new Answer(context.Response.StatusCode, document?.RootElement.Clone() ?? default, context.Response.Headers.ETag.FirstOrDefault());
    }

    /// <summary>A new key of that role; scopes as JSON members, such as <c>"partners":["x"]</c>.</summary>
    public async Task<string> KeyAsync(string role, string scopes = "")
    {
        var made = await PostAsync<FundingFlow.Functions.Access.MakeKey>($$"""{"role":"{{role}}"{{(scopes.Length > 0 ? "," + scopes : "")}}}""");
        Assert.Equal(201, made.Status);
        return made.Text("key");
    }

    public void Dispose() => services.Dispose();
}
