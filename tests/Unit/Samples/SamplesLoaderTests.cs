using System.Net;
using System.Text.Json.Nodes;
using FundingFlow.Local.Samples;
using FundingFlow.Tests.Pipeline;

namespace FundingFlow.Tests.Unit.Samples;

public sealed class SamplesLoaderTests
{
    private static readonly DateTimeOffset Day = new(2026, 11, 24, 22, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task It_puts_what_is_missing_submits_every_pledge_and_follows_its_steps()
    {
        using var host = new FakeHost();
        var result = await LoadAsync(host, Day);
        Assert.Empty(result.Problems);
        Assert.Equal(Count("cities.json") + Count("partners.json") + Count("projects.json"), result.Created);
        Assert.Equal(Count("pledges.json"), result.Pledges);
        Assert.Equal(SampleFiles.ReadRaw(SampleFiles.DefaultFolder, "pledges.json").Sum(pledge => pledge["then"]?.AsArray().Count ?? 0), result.Steps);
        Assert.Contains(host.Changes, change => change.StartsWith("POST /api/pledges/p1/receipts sample-rome-kigali-farms-step-1 {", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_day_is_a_day_in_the_Forums_time_zone()
    {
        using var host = new FakeHost();
        await LoadAsync(host, Day, "Africa/Kigali"); // past midnight there
        Assert.Contains("\"startsOn\":\"2026-09-26\"", host.Stored["projects/kigali-peri-urban-farms"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Loading_on_a_later_day_repeats_the_first_loading_to_the_letter_and_overwrites_nothing()
    {
        using var host = new FakeHost();
        await LoadAsync(host, Day);
        var first = host.Changes.Where(change => change.StartsWith("POST", StringComparison.Ordinal)).ToList();
        host.Changes.Clear();

        var again = await LoadAsync(host, Day.AddDays(3));
        Assert.Equal(0, again.Created);
        Assert.Equal(first, host.Changes);
    }

    [Fact]
    public async Task A_refusal_is_reported_with_what_the_host_said_and_the_rest_goes_on()
    {
        using var host = new FakeHost { Refuses = "/api/cities/kobe" };
        var result = await LoadAsync(host, Day);
        Assert.Equal("PUT /api/cities/kobe: 400 no", Assert.Single(result.Problems));
        Assert.Equal(Count("pledges.json"), result.Pledges);
    }

    [Fact]
    public async Task A_pledge_that_is_not_placed_in_time_is_reported_and_its_steps_left_out()
    {
        using var host = new FakeHost { Places = false };
        var clock = new ManualClock(Day);
        var loading = LoadAsync(host, Day, clock: clock);
        while (!loading.IsCompleted) await clock.AdvanceAsync(SamplesLoader.PlacingAllowed);
        var result = await loading;
        Assert.Equal(0, result.Steps);
        Assert.Contains("was not placed within 90 s", result.Problems[0], StringComparison.Ordinal);
    }

    private static int Count(string file) => SampleFiles.ReadRaw(SampleFiles.DefaultFolder, file).Count;

    private static async Task<SamplesResult> LoadAsync(FakeHost host, DateTimeOffset now, string zone = "Europe/Rome", TimeProvider? clock = null)
    {
        using var http = new HttpClient(host, disposeHandler: false) { BaseAddress = new Uri("http://forum.test/") };
        return await new SamplesLoader(http, "key", clock ?? new ManualClock(now), TimeZoneInfo.FindSystemTimeZoneById(zone))
            .LoadAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Keeps what is PUT, numbers pledges in the order of their keys' first appearance, and notes every change.</summary>
    private sealed class FakeHost : HttpMessageHandler
    {
        private readonly List<string> keys = [];

        public Dictionary<string, string> Stored { get; } = new(StringComparer.Ordinal);
        public List<string> Changes { get; } = [];
        public string? Refuses { get; init; }
        public bool Places { get; init; } = true;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var path = request.RequestUri!.AbsolutePath;
            Assert.Equal("key", request.Headers.GetValues("X-Api-Key").Single());
            if (request.Method == HttpMethod.Get)
                return path.StartsWith("/api/pledges/", StringComparison.Ordinal)
                    ? Answer(HttpStatusCode.OK, Places ? """{"status":"open"}""" : """{"status":"submitted"}""")
                    : Stored.TryGetValue(path["/api/".Length..], out var stored) ? Answer(HttpStatusCode.OK, stored) : Answer(HttpStatusCode.NotFound, "");
            var body = await request.Content!.ReadAsStringAsync(cancellationToken);
            var key = request.Headers.TryGetValues("Idempotency-Key", out var values) ? values.Single() : "";
            Changes.Add($"{request.Method} {path} {key} {body}");
            if (path == Refuses) return Answer(HttpStatusCode.BadRequest, "no");
            if (request.Method == HttpMethod.Put) Stored[path["/api/".Length..]] = body;
            if (path != "/api/pledges") return Answer(HttpStatusCode.OK, "{}");
            if (!keys.Contains(key)) keys.Add(key);
            return Answer(HttpStatusCode.Accepted, new JsonObject { ["id"] = $"p{keys.IndexOf(key) + 1}" }.ToJsonString());
        }

        private static HttpResponseMessage Answer(HttpStatusCode status, string body) => new(status) { Content = new StringContent(body) };
    }
}
