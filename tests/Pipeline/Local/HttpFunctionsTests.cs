using System.Net;
using FundingFlow.Local.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FundingFlow.Tests.Pipeline.Local;

public sealed class HttpFunctionsTests : IAsyncLifetime
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;
    private readonly HttpClient http = new();
    private WebApplication? app;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddScoped<PerRequest>();
        builder.Services.AddFunctions(FunctionCatalog.Of([typeof(Echo)]), new QueueFunctionsOptions("", "{}"));
        app = builder.Build();
        app.UseFunctions();
        await app.StartAsync(Stop);
        http.BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await app!.DisposeAsync();
    }

    [Fact]
    public async Task A_route_value_arrives_by_its_name_decoded()
        => Assert.Equal("\"Rishon LeZion/7\"", await http.GetStringAsync(new Uri("test/echo/Rishon%20LeZion/7", UriKind.Relative), Stop));

    [Fact]
    public async Task A_route_constraint_holds()
        => Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(new Uri("test/echo/x/seven", UriKind.Relative), Stop)).StatusCode);

    [Fact]
    public async Task A_method_that_the_trigger_does_not_name_is_not_allowed()
        => Assert.Equal(HttpStatusCode.MethodNotAllowed, (await http.DeleteAsync(new Uri("test/echo/x/7", UriKind.Relative), Stop)).StatusCode);

    [Theory]
    [InlineData("GET", "nowhere", 404, "notFound")]
    [InlineData("DELETE", "test/echo/x/7", 405, "methodNotAllowed")]
    public async Task What_nothing_serves_is_a_problem(string method, string path, int status, string kind)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));

        using var answer = await http.SendAsync(request, Stop);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains($"\"type\":\"urn:fundingflow:problem:{kind}\"", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_and_the_services_of_the_request_reach_the_function()
    {
        using var body = new StringContent("hello");

        using var answer = await http.PostAsync(new Uri("TestPost", UriKind.Relative), body, Stop);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal("\"hello True\"", await answer.Content.ReadAsStringAsync(Stop));
    }

    public sealed class PerRequest;

    public sealed class Echo(PerRequest service)
    {
        [Function("TestEcho")]
        public IResult Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "test/echo/{name}/{number:int}")] HttpRequest request, string name, string number)
            => Results.Ok(name + "/" + number);

        [Function("TestPost")]
        public async Task<IResult> Post([HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequest request, CancellationToken stop)
        {
            using var reader = new StreamReader(request.Body);
            var same = ReferenceEquals(service, request.HttpContext.RequestServices.GetRequiredService<PerRequest>());
            return Results.Accepted(null, $"{await reader.ReadToEndAsync(stop)} {same}");
        }
    }
}
