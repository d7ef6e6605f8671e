using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using FundingFlow.Local.Azurite;

namespace FundingFlow.Tests.Pipeline;

/// <summary>The process is killed with 500 pledges in flight: what it has accepted is placed once, soon after it is started again.</summary>
public sealed class KillTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Pledges = 500;
    private const int Callers = 16;
    private const int PlacedAtTheKill = 200;

    /// <summary>After the second start; issue 3.</summary>
    private static readonly TimeSpan Promised = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder folder = new();
    private readonly ConcurrentDictionary<int, string> accepted = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Joins the Azurite that a killed process has left behind, so that leaving it stops it.</summary>
    public async ValueTask DisposeAsync()
    {
        await (await AzuriteServer.StartAsync(folder.Path, stop: CancellationToken.None)).DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task After_a_kill_every_accepted_pledge_is_placed_exactly_once()
    {
        await KillInFlightAsync();
        var beforeTheKill = accepted.Count;
        var sinceStart = Stopwatch.StartNew();
        await using var again = await LocalProcess.StartAsync(folder.Path);
        using var api = new ApiClient(again.Url, LocalProcess.StaffKey(folder.Path));
        output.WriteLine($"Accepted before the kill: {beforeTheKill}. Answers again after {sinceStart.Elapsed}.");

        // Those that got no answer are sent again by their callers, with the same key.
        await SubmitAsync(api);
        Assert.Equal(Pledges, accepted.Count);
        await Eventually.TrueAsync(async () => await PledgedAsync(api) == PledgeSet.Total, $"all {Pledges} to be placed");
        output.WriteLine($"All placed {sinceStart.Elapsed} after the second start.");

        Assert.True(sinceStart.Elapsed < Promised, $"It took {sinceStart.Elapsed}.");
        await AssertPlacedOnceAsync(api);
        output.WriteLine(await Proof.AssertAsync("--data", folder.Path));
    }

    /// <summary>Some 200 are placed, the rest is on its way or not sent yet; callers notice nothing but a broken connection.</summary>
    private async Task KillInFlightAsync()
    {
        await using var first = await LocalProcess.StartAsync(folder.Path);
        using var api = new ApiClient(first.Url, LocalProcess.StaffKey(folder.Path));
        await PledgeSet.PutAsync(api);
        var submitting = SubmitAsync(api);
        decimal placed = 0;
        await Eventually.TrueAsync(
            async () => (placed = await PledgedAsync(api)) >= PledgeSet.Total * PlacedAtTheKill / Pledges, $"{PlacedAtTheKill} to be placed");

        await first.KillAsync();

        await submitting;
        Assert.True(placed < PledgeSet.Total, "Nothing was in flight any more when it was killed.");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Killed with {placed / PledgeSet.Total:P0} of the money placed."));
    }

    /// <summary>Submits all that were not accepted yet; one whose caller gets no answer stays so.</summary>
    private Task SubmitAsync(ApiClient api)
        => Parallel.ForEachAsync(
            Enumerable.Range(0, Pledges).Where(number => !accepted.ContainsKey(number)).ToList(),
            new ParallelOptions { MaxDegreeOfParallelism = Callers, CancellationToken = Stop },
            async (number, _) =>
            {
                try
                {
                    accepted[number] = await api.PledgeAsync(PledgeSet.Body(number), PledgeSet.Key(number));
                }
                catch (HttpRequestException)
                {
                    // The process was killed meanwhile.
                }
            });

    private static async Task<decimal> PledgedAsync(ApiClient api) => (await api.GetAsync("/api/gaps?by=project")).Decimal("totals/pledged");

    private async Task AssertPlacedOnceAsync(ApiClient api)
    {
        var pledges = await api.AllAsync("/api/pledges?size=100");
        Assert.Equal(accepted.Values.Order(StringComparer.Ordinal), pledges.Select(pledge => pledge.Text("id")).Order(StringComparer.Ordinal));
        Assert.All(pledges, AssertIsConserved);
        var parts = pledges.SelectMany(pledge => pledge.Items("allocations")).ToLookup(part => part.Text("projectId"), part => part.Decimal("amount"));
        foreach (var row in (await api.GetAsync("/api/gaps?by=project")).Items("rows"))
            Assert.Equal((row.Text("key"), parts[row.Text("key")].Sum()), (row.Text("key"), row.Decimal("pledged")));
        Assert.All(
            (await api.AllAsync("/api/projects")).SelectMany(project => project.Items("needs")),
            need => Assert.InRange(need.Decimal("funding/pledged"), 0, need.Decimal("amount")));
    }

    private static void AssertIsConserved(JsonElement pledge)
    {
        var parts = pledge.Items("allocations");
        Assert.Equal("placed", pledge.Text("status"));
        Assert.Equal(
            pledge.Decimal("resource/amount"),
            parts.Sum(part => part.Decimal("amount")) + pledge.Decimal("unallocated") + pledge.Decimal("inTransit")
                + pledge.Decimal("withdrawn") + pledge.Decimal("writtenOff"));
        Assert.Equal(parts.Length, parts.Select(part => part.Text("id")).Distinct().Count());
    }
}
