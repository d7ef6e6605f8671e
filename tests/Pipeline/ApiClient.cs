using System.Net;
using System.Text;
using System.Text.Json;

namespace FundingFlow.Tests.Pipeline;

/// <summary>Calls the API over HTTP as anybody would.</summary>
internal sealed class ApiClient : IDisposable
{
    private readonly HttpClient http;

    public ApiClient(string url, string key)
    {
        http = new HttpClient { BaseAddress = new Uri(url), Timeout = TimeSpan.FromMinutes(2) };
        http.DefaultRequestHeaders.Add("X-Api-Key", key);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => http.Dispose();

    /// <param name="body">JSON; null sends none.</param>
    public async Task<Answer> SendAsync(HttpMethod method, string path, string? body = null, string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (idempotencyKey is not null)
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        using var response = await http.SendAsync(request, Stop);
        return new Answer(response.StatusCode, await response.Content.ReadAsStringAsync(Stop), response.Headers.Location?.ToString());
    }

    public async Task<JsonElement> GetAsync(string path) => (await SendAsync(HttpMethod.Get, path)).Expect(HttpStatusCode.OK).Json();

    public async Task<JsonElement> PutAsync(string path, string body)
    {
        var answer = await SendAsync(HttpMethod.Put, path, body);
        return answer.Status == HttpStatusCode.Created ? answer.Json() : answer.Expect(HttpStatusCode.OK).Json();
    }

    public Task<Answer> PostAsync(string path, string? body = null, string? idempotencyKey = null)
        => SendAsync(HttpMethod.Post, path, body, idempotencyKey);

    /// <summary>Submits a pledge that is accepted; its id.</summary>
    public async Task<string> PledgeAsync(string body, string idempotencyKey)
        => (await PostAsync("/api/pledges", body, idempotencyKey)).Expect(HttpStatusCode.Accepted).Json().Text("id");

    /// <summary>The pledge, once it has come to a status.</summary>
    public async Task<JsonElement> PledgeOnceAsync(string id, string status)
    {
        JsonElement pledge = default;
        await Eventually.TrueAsync(async () => (pledge = await GetAsync($"/api/pledges/{id}")).Text("status") == status, $"pledge {id} to be {status}");
        return pledge;
    }

    /// <summary>The items of all pages.</summary>
    public async Task<IReadOnlyList<JsonElement>> AllAsync(string path)
    {
        var all = new List<JsonElement>();
        var joint = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        string? continuation = null;
        do
        {
            var page = await GetAsync(continuation is null ? path : path + joint + "continuation=" + Uri.EscapeDataString(continuation));
            all.AddRange(page.GetProperty("items").EnumerateArray());
            continuation = page.TryGetProperty("continuation", out var next) ? next.GetString() : null;
        }
        while (continuation is not null);
        return all;
    }
}

/// <param name="Location">As it was sent.</param>
internal sealed record Answer(HttpStatusCode Status, string Text, string? Location)
{
    public Answer Expect(HttpStatusCode status)
    {
        if (Status != status)
            Assert.Fail($"Expected {status}, got {Status}: {Text}");
        return this;
    }

    public JsonElement Json()
    {
        using var document = JsonDocument.Parse(Text);
        return document.RootElement.Clone();
    }
}
