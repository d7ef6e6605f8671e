using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using FundingFlow.Local.Azurite;

namespace FundingFlow.Tests.Pipeline;

/// <summary>Four workers on one storage, and everyone wants the same few needs: the books hold, and no worker starves.</summary>
public sealed partial class FourWorkersTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Workers = 4;
    private const int Pledges = 2_000;
    private const int Callers = 24;
    private const decimal Each = 10.01m;

    /// <summary>They hold three quarters of what is pledged: the rest stands.</summary>
    private const decimal Need = 5_000.00m;
    private const int Needs = 3;

    private readonly TemporaryFolder folder = new();
    private readonly ConcurrentBag<string> accepted = [];
    private AzuriteServer azurite = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => azurite = await AzuriteServer.StartAsync(Path.Combine(folder.Path, "azurite"), stop: Stop);

    public async ValueTask DisposeAsync()
    {
        if (azurite is not null) await azurite.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Four_workers_share_few_needs_and_the_books_hold()
    {
        var workers = new List<LocalProcess>();
        try
        {
            for (var i = 0; i < Workers; i++) workers.Add(await LocalProcess.StartAsync(folder.Path, azurite.ConnectionString));
            using var api = new ApiClient(workers[0].Url, LocalProcess.StaffKey(folder.Path));
            await PutAsync(api);
            var sinceStart = Stopwatch.StartNew();
            await SubmitAsync(workers);
            var submitted = sinceStart.Elapsed;
            await Eventually.TrueAsync(async () => await PledgedAsync(api) == Needs * Need && await IsAllOpenedAsync(api), "all pledges to be in the books");
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{Pledges} pledges over {Workers} workers: submitted after {submitted.TotalSeconds:F1} s, in the books after {sinceStart.Elapsed.TotalSeconds:F1} s."));
            foreach (var need in (await api.GetAsync("/api/projects/wanted")).Items("needs"))
                Assert.Equal(Need, need.Decimal("funding/pledged"));
        }
        finally
        {
            foreach (var worker in workers) await worker.DisposeAsync();
        }

        output.WriteLine(await Proof.AssertAsync("--storage", azurite.ConnectionString));
        AssertNoneStarved([.. workers.Select(Contention)]);
    }

    private void AssertNoneStarved(IReadOnlyList<(int Transactions, int Conflicts, int MostTries)> workers)
    {
        foreach (var (transactions, conflicts, mostTries) in workers)
            output.WriteLine($"A worker committed {transactions} transactions; {conflicts} conflicts; at most {mostTries} tries for one.");
        var all = workers.Sum(worker => worker.Transactions);
        // Lines that come at the same time share a transaction. A fair share is a quarter; a worker that commits a tenth of that is kept out.
        Assert.All(workers, worker => Assert.InRange(worker.Transactions, all / Workers / 10, all));
    }

    private static (int Transactions, int Conflicts, int MostTries) Contention(LocalProcess worker)
    {
        var line = Assert.Single(worker.Said, said => said.Contains("ledger transactions", StringComparison.Ordinal));
        var numbers = Figures().Match(line);
        return (Number(1), Number(2), Number(3));

        int Number(int group) => int.Parse(numbers.Groups[group].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"committed (\d+) ledger transactions; (\d+) more .*at most (\d+) tries")]
    private static partial Regex Figures();

    private static async Task PutAsync(ApiClient api)
    {
        await api.PutAsync("/api/partners/eager", """{"name":"An eager partner","sector":"private","country":"IT"}""");
        var needs = string.Join(',', Enumerable.Range(1, Needs).Select(i => string.Create(CultureInfo.InvariantCulture, $$"""{"id":"need-{{i}}","kind":"money","amount":"{{Need}}"}""")));
        await api.PutAsync("/api/projects/wanted", $$"""{"title":"Wanted by all","city":"Kigali","country":"RW","area":"sport","currency":"EUR","needs":[{{needs}}]}""");
    }

    private async Task SubmitAsync(List<LocalProcess> workers)
    {
        var key = LocalProcess.StaffKey(folder.Path);
        var clients = workers.ConvertAll(worker => new ApiClient(worker.Url, key));
        await Parallel.ForEachAsync(Enumerable.Range(0, Pledges), new ParallelOptions { MaxDegreeOfParallelism = Callers, CancellationToken = Stop }, async (number, _) =>
            accepted.Add(await clients[number % Workers].PledgeAsync(
                string.Create(CultureInfo.InvariantCulture, $$"""{"partnerId":"eager","resource":{"kind":"money","amount":"{{Each}}","currency":"EUR"},"areas":["sport"]}"""),
                string.Create(CultureInfo.InvariantCulture, $"few-{number}"))));
        clients.ForEach(client => client.Dispose());
    }

    private static async Task<decimal> PledgedAsync(ApiClient api) => (await api.GetAsync("/api/gaps?by=project")).Decimal("totals/pledged");

    private static async Task<bool> IsAllOpenedAsync(ApiClient api) => (await api.AllAsync("/api/pledges?status=submitted&size=100")).Count == 0;
}
