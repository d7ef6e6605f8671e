using System.Globalization;
using System.Net;
using FundingFlow.Local.Azurite;

namespace FundingFlow.Tests.Pipeline;

/// <summary>
/// The process is killed again and again at random moments of a busy life; after each kill the books are proved as they lie, and at
/// the end everything that was accepted is in them. FUNDINGFLOW_KILLS=100 makes a longer run, FUNDINGFLOW_SEED another one.
/// </summary>
public sealed class ManyKillsTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Kills = 10;
    private readonly TemporaryFolder folder = new();
    private readonly List<string> accepted = [];
    private AzuriteServer azurite = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => azurite = await AzuriteServer.StartAsync(Path.Combine(folder.Path, "azurite"), stop: Stop);

    public async ValueTask DisposeAsync()
    {
        if (azurite is not null) await azurite.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Killed_at_any_moment_the_books_are_right_each_time()
    {
        var (kills, seed) = (Setting("FUNDINGFLOW_KILLS") ?? Kills, Setting("FUNDINGFLOW_SEED") ?? 1);
        var random = new Random(seed);
        var answered = 0;
        for (var kill = 0; kill < kills; kill++) answered += await KillAsync(kill, seed, TimeSpan.FromMilliseconds(random.Next(300, 3_000)));

        await using var last = await StartAsync();
        using var api = new ApiClient(last.Url, LocalProcess.StaffKey(folder.Path));
        string[] all = [.. accepted.Distinct()];
        await Eventually.TrueAsync(async () => await IsInTheBooksAsync(api, all), "all accepted pledges to be in the books");
        output.WriteLine(await ProveAsync());
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{kills} kills, {answered} requests answered, {all.Length} pledges accepted, none lost; the books were proved after each."));
    }

    private async Task<int> KillAsync(int kill, int seed, TimeSpan after)
    {
        await using var process = await StartAsync();
        if (kill == 0)
        {
            using var api = new ApiClient(process.Url, LocalProcess.StaffKey(folder.Path));
            await PledgeSet.PutAsync(api);
        }

        var traffic = new LifeTraffic(process.Url, LocalProcess.StaffKey(folder.Path), accepted, (seed * 1_000) + kill);
        using var enough = new CancellationTokenSource();
        var running = traffic.RunAsync(enough.Token);
        await Task.Delay(after, Stop);
        await process.KillAsync();
        await enough.CancelAsync();
        await running;
        await ProveAsync();
        return traffic.Answered;
    }

    private Task<LocalProcess> StartAsync() => LocalProcess.StartAsync(folder.Path, azurite.ConnectionString);

    private Task<string> ProveAsync() => Proof.AssertAsync("--storage", azurite.ConnectionString);

    private static async Task<bool> IsInTheBooksAsync(ApiClient api, IReadOnlyList<string> ids)
    {
        foreach (var id in ids)
            if ((await api.SendAsync(HttpMethod.Get, $"/api/pledges/{id}")).Expect(HttpStatusCode.OK).Json().Text("status") == "submitted") return false;
        return true;
    }

    private static int? Setting(string name)
        => Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) : null;
}
