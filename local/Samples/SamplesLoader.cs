using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace FundingFlow.Local.Samples;

/// <summary>
/// Sends the catalogue to a running host over its own HTTP contract. Loading again changes nothing: what is there stays
/// as somebody may have edited it, and pledges and their steps go under the same idempotency keys, with the days
/// of the first loading.
/// </summary>
/// <param name="http">Its base address is the host's.</param>
/// <param name="staffKey">A key of role staff.</param>
/// <param name="timeZone">The Forum's: today is a day there.</param>
public sealed class SamplesLoader(HttpClient http, string staffKey, TimeProvider clock, TimeZoneInfo timeZone, string? folder = null)
{
    /// <summary>How long pledges may take to be placed before their steps are given up.</summary>
    public static readonly TimeSpan PlacingAllowed = TimeSpan.FromSeconds(90);

    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(400);
    private readonly string folder = folder ?? SampleFiles.DefaultFolder;
    private readonly List<string> problems = [];

    public async Task<SamplesResult> LoadAsync(CancellationToken stop)
    {
        problems.Clear();
        var day = await LoadDayAsync(stop);
        var created = 0;
        foreach (var collection in new[] { "cities", "partners", "projects" })
            foreach (var item in SampleFiles.Read(folder, $"{collection}.json", day))
                if (await PutMissingAsync(collection, item, stop)) created++;

        var submitted = new List<(string Id, string Key, JsonArray Steps)>();
        var pledges = 0;
        foreach (var item in SampleFiles.Read(folder, "pledges.json", day))
        {
            var key = Take(item, "idempotencyKey")!.GetValue<string>();
            var steps = Take(item, "then") as JsonArray;
            if (await SubmitAsync(item, key, stop) is not { } id) continue;
            pledges++;
            if (steps is not null) submitted.Add((id, key, steps));
        }

        return new SamplesResult(created, pledges, await FollowAsync(submitted, stop), [.. problems]);
    }

    /// <summary>The day of the first loading, read off the first project when it is there; else today.</summary>
    private async Task<DateOnly> LoadDayAsync(CancellationToken stop)
    {
        var first = SampleFiles.ReadRaw(folder, "projects.json")[0];
        using var answer = await SendAsync(HttpMethod.Get, $"api/projects/{first["id"]}", null, null, stop);
        if (answer.StatusCode == HttpStatusCode.OK)
        {
            var stored = JsonNode.Parse(await answer.Content.ReadAsStringAsync(stop))?["budget"]?[0]?["from"]?.GetValue<string>();
            var written = SampleFiles.DaysFromToday(first["budget"]![0]!["from"]!.GetValue<string>());
            if (written is { } days && DateOnly.TryParseExact(stored, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var from))
                return from.AddDays(-days);
        }

        return DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), timeZone).DateTime);
    }

    private async Task<bool> PutMissingAsync(string collection, JsonObject item, CancellationToken stop)
    {
        var path = $"api/{collection}/{Take(item, "id")}";
        using var found = await SendAsync(HttpMethod.Get, path, null, null, stop);
        if (found.StatusCode == HttpStatusCode.OK) return false;
        using var answer = await SendAsync(HttpMethod.Put, path, item, null, stop);
        return await AcceptedAsync(answer, $"PUT /{path}", stop);
    }

    /// <summary>The pledge's id; null when it was refused.</summary>
    private async Task<string?> SubmitAsync(JsonObject pledge, string key, CancellationToken stop)
    {
        using var answer = await SendAsync(HttpMethod.Post, "api/pledges", pledge, key, stop);
        // Other content under this key: loaded on another day, and edited since.
        if (answer.StatusCode == HttpStatusCode.Conflict || !await AcceptedAsync(answer, $"pledge {key}", stop)) return null;
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(stop))?["id"]?.GetValue<string>();
    }

    private async Task<int> FollowAsync(List<(string Id, string Key, JsonArray Steps)> submitted, CancellationToken stop)
    {
        var deadline = clock.GetUtcNow() + PlacingAllowed;
        var done = 0;
        foreach (var (id, key, steps) in submitted)
        {
            while (await IsWaitingAsync(id, stop) && clock.GetUtcNow() < deadline)
                await Task.Delay(PollEvery, clock, stop);
            if (clock.GetUtcNow() >= deadline)
            {
                problems.Add($"pledge {key} was not placed within {PlacingAllowed.TotalSeconds} s; its {steps.Count} steps were left out.");
                continue;
            }

            for (var i = 0; i < steps.Count; i++)
                if (await StepAsync(id, $"{key}-step-{i}", (JsonObject)steps[i]!, stop)) done++;
        }

        return done;
    }

    private async Task<bool> IsWaitingAsync(string id, CancellationToken stop)
    {
        using var answer = await SendAsync(HttpMethod.Get, $"api/pledges/{id}", null, null, stop);
        return answer.StatusCode != HttpStatusCode.OK
            || JsonNode.Parse(await answer.Content.ReadAsStringAsync(stop))?["status"]?.GetValue<string>() == "submitted";
    }

    private async Task<bool> StepAsync(string id, string key, JsonObject step, CancellationToken stop)
    {
        var (call, body) = step["receipt"] is JsonObject receipt
            ? ("receipts", (JsonObject)receipt.DeepClone())
            : ("confirm", new JsonObject());
        using var answer = await SendAsync(HttpMethod.Post, $"api/pledges/{id}/{call}", body, key, stop);
        return answer.StatusCode == HttpStatusCode.Conflict || await AcceptedAsync(answer, $"{key} ({call})", stop);
    }

    private async Task<bool> AcceptedAsync(HttpResponseMessage answer, string what, CancellationToken stop)
    {
        if (answer.IsSuccessStatusCode) return true;
        problems.Add($"{what}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(stop)}");
        return false;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, JsonObject? body, string? key, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add("X-Api-Key", staffKey);
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        if (body is not null) request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        return await http.SendAsync(request, stop);
    }

    private static JsonNode? Take(JsonObject item, string member)
    {
        item.Remove(member, out var taken);
        return taken;
    }
}
