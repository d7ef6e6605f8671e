using System.Globalization;
using System.Net;

namespace FundingFlow.Tests.Pipeline;

/// <summary>What fundraisers, staff and cities send all at once: pledges, and all that may become of them. The same seed sends the same requests.</summary>
/// <param name="pledges">Ids accepted so far; those accepted here are added.</param>
internal sealed class LifeTraffic(string url, string staffKey, List<string> pledges, int seed)
{
    private const int Callers = 8;
    private readonly Lock gate = new();
    private int answered;

    /// <summary>Requests that were answered, whatever the answer.</summary>
    public int Answered => Volatile.Read(ref answered);

    /// <summary>Sends until nothing answers any more or <paramref name="stop"/> says so.</summary>
    public Task RunAsync(CancellationToken stop) => Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => CallAsync(caller, stop)));

    private async Task CallAsync(int caller, CancellationToken stop)
    {
        var random = new Random((seed * Callers) + caller);
        using var api = new ApiClient(url, staffKey);
        for (var number = 0; !stop.IsCancellationRequested; number++)
        {
            try
            {
                await SendAsync(api, random, string.Create(CultureInfo.InvariantCulture, $"{seed}-{caller}-{number}"));
                Interlocked.Increment(ref answered);
            }
            catch (HttpRequestException)
            {
                return; // The process was killed.
            }
        }
    }

    private async Task SendAsync(ApiClient api, Random random, string key)
    {
        var id = One(random);
        if (id is null || random.Next(100) < 45)
        {
            var accepted = await api.PostAsync("/api/pledges", PledgeSet.Body(random.Next(500)), key);
            if (accepted.Status == HttpStatusCode.Accepted) lock (gate) pledges.Add(accepted.Json().Text("id"));
            AssertAnswered(accepted);
            return;
        }

        AssertAnswered(random.Next(10) switch
        {
            < 4 => await api.PostAsync($"/api/pledges/{id}/confirm", null, key),
            < 7 => await api.PostAsync($"/api/pledges/{id}/receipts", string.Create(CultureInfo.InvariantCulture, $$"""{"amount":"{{random.Next(1, 90)}}.01"}"""), key),
            < 9 => await api.PostAsync($"/api/pledges/{id}/withdraw", null, key),
            _ => await api.SendAsync(HttpMethod.Put, $"/api/projects/kept-{random.Next(4)}", Project(random)),
        });
    }

    private string? One(Random random)
    {
        lock (gate) return pledges.Count == 0 ? null : pledges[random.Next(Math.Max(0, pledges.Count - 60), pledges.Count)];
    }

    /// <summary>A project that asks for more, or for less than lies on it.</summary>
    private static string Project(Random random) => string.Create(CultureInfo.InvariantCulture, $$"""
        {"title":"A project that changes","city":"Kigali","country":"RW","area":"youth","currency":"EUR",
         "needs":[{"id":"changing","kind":"money","amount":"{{random.Next(1, 4000)}}.00"}]}
        """);

    private static void AssertAnswered(Answer answer) => Assert.True((int)answer.Status < 500, answer.Text);
}
