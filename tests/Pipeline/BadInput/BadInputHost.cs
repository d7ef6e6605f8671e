using System.Text.Json;
using FundingFlow.Local.Hosting;

namespace FundingFlow.Tests.Pipeline.BadInput;

/// <summary>
/// A host with two partners, a city, a project, a committed pledge and a key of each role, so that what is refused is refused for one
/// reason. Everything that a row might store has an id that starts with <c>bad-</c>.
/// </summary>
public sealed class BadInputHost(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string Prefix = "bad-";
    private static readonly string[] Lists = ["/api/partners", "/api/cities", "/api/projects"];
    private readonly TemporaryFolder folder = new();
    private readonly Dictionary<string, string> keys = [];
    private readonly HttpClient http = new();
    private LocalHost? host;
    private string pledge = "";
    private string part = "";

    internal ApiClient Api { get; private set; } = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        host = await LocalHost.StartAsync(
            new LocalHostOptions { Port = 0, Storage = azurite.ConnectionString, DataFolder = folder.Path, Samples = false }, TimeProvider.System, stop: Stop);
        Api = new ApiClient(host.Url, host.StaffKey);
        await Api.PutAsync("/api/partners/bad-partner", GoodBodies.Partner());
        await Api.PutAsync("/api/partners/bad-standing", GoodBodies.Partner());
        await Api.PutAsync("/api/cities/bad-city", GoodBodies.City(("name", "\"Bad Nablus\"")));
        await Api.PutAsync("/api/cities/bad-other-city", GoodBodies.City(("name", "\"Bad Jenin\"")));
        await Api.PutAsync("/api/projects/bad-project", GoodBodies.Project());
        await Api.PutAsync("/api/projects/bad-ended", GoodBodies.Project(("startsOn", "\"2019-01-01\""), ("endsOn", "\"2020-12-31\"")));
        await Api.PutAsync("/api/projects/bad-closed", GoodBodies.Project(("status", "\"closed\"")));
        await Api.PutAsync("/api/partners/bad-choosy", GoodBodies.Partner(
            ("exclusions", """{"areas":["tourism"],"projects":["bad-project"],"cities":["bad-city"],"countries":["KE"]}""")));
        await MakeKeysAsync();
        pledge = await Api.PledgeAsync(
            GoodBodies.Pledge(("partnerId", "\"bad-standing\""), ("earmark", """{"projects":["bad-project"]}""")), "standing");
        var placed = await Api.PledgeOnceAsync(pledge, "placed");
        part = placed.Text("allocations/0/id");
        await Api.PostAsync($"/api/pledges/{pledge}/confirm", null, "standing-confirm");
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        Api?.Dispose();
        if (host is not null)
            await host.DisposeAsync();
        folder.Dispose();
    }

    internal async Task<HttpResponseMessage> SendAsync(BadRequest row)
    {
        var (method, path) = row.Call.Split(' ', 2) is [var verb, var target] ? (verb, target) : throw new ArgumentException(row.Call);
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(host!.Url + Fill(path)));
        if (row.Body is not null)
        {
            request.Content = new ByteArrayContent(row.Bytes(Fill));
            if (row.ContentType is not null)
                request.Content.Headers.TryAddWithoutValidation("Content-Type", row.ContentType);
        }

        if (row.IsChunked)
            request.Headers.TransferEncodingChunked = true;
        if (row.Key is { } key)
            request.Headers.TryAddWithoutValidation("X-Api-Key", keys.GetValueOrDefault(key, key));
        if (row.IdempotencyKey is { } idempotencyKey)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
        if (row.Header is { } header)
            request.Headers.TryAddWithoutValidation(header.Name, header.Value);
        return await http.SendAsync(request, Stop);
    }

    /// <summary>Everything that the rows could have stored: entities, pledges and what became of the one there was, keys, a rate.</summary>
    internal async Task<string> StoredAsync()
    {
        var stored = new List<string>();
        foreach (var list in Lists)
            stored.AddRange((await Api.AllAsync(list)).Where(item => item.Text("id").StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)).Select(Text));
        stored.AddRange((await Api.AllAsync("/api/pledges?partner=bad-partner")).Select(Text));
        stored.AddRange((await Api.AllAsync("/api/pledges?partner=bad-standing")).Select(Text));
        stored.Add(Text(await Api.GetAsync($"/api/pledges/{pledge}")));
        stored.AddRange((await Api.GetAsync("/api/rates")).Items("rates").Where(rate => rate.Text("currency") == "KMF").Select(Text));
        return string.Join('\n', stored);
    }

    private async Task MakeKeysAsync()
    {
        keys["staff"] = host!.StaffKey;
        keys["fundraiser"] = await KeyAsync("""{"role":"fundraiser","partners":["bad-partner"]}""");
        keys["city"] = await KeyAsync("""{"role":"city","cities":["bad-city"]}""");
        keys["reader"] = await KeyAsync("""{"role":"reader"}""");
    }

    private async Task<string> KeyAsync(string body) => (await Api.PostAsync("/api/keys", body)).Expect(System.Net.HttpStatusCode.Created).Json().Text("key");

    private string Fill(string text)
        => text.Replace("{pledge}", pledge, StringComparison.Ordinal).Replace("{part}", part, StringComparison.Ordinal);

    private static string Text(JsonElement element) => element.GetRawText();
}

[CollectionDefinition(nameof(BadInputHost))]
public sealed class BadInputHosts : ICollectionFixture<BadInputHost>;
