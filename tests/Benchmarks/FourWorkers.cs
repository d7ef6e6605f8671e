using System.Diagnostics;
using FundingFlow.Ledger;
using FundingFlow.Money;
using FundingFlow.Partners;
using FundingFlow.Pledges;
using FundingFlow.Projects;

namespace FundingFlow.Benchmarks;

/// <summary>
/// Four workers, each with a memory of its own, ÷ one, and a few needs that all of them want. Each measurement on an Azurite that starts empty, one and
/// four in turns of changing order.
/// </summary>
internal sealed class FourWorkers : IBenchmark
{
    private const int Pledges = 1_500;
    private const int Rounds = 2;
    private const int Partners = 10;
    private const int AreasUsed = 2;

    public string Name => "workers";

    public async Task RunAsync(BenchmarkRun run)
    {
        // To compile the code.
        await MeasureAsync(4, run.Scale(Pledges / 10), run);
        var rates = new Dictionary<int, List<double>> { [1] = [], [4] = [] };
        for (var round = 1; round <= Rounds; round++)
        {
            foreach (var workers in round % 2 == 1 ? [1, 4] : new[] { 4, 1 }) rates[workers].Add(await MeasureAsync(workers, run.Scale(Pledges), run));
            BenchmarkRun.Say($"round {round}: one {rates[1][^1]:0} pledges/s, four {rates[4][^1]:0} pledges/s, ratio {rates[4][^1] / rates[1][^1]:0.00}");
        }

        run.AtLeast("workers: four ÷ one, one storage, two needs in each of two areas", rates[4].Average() / rates[1].Average(), 1);
    }

    private static async Task<double> MeasureAsync(int workers, int count, BenchmarkRun run)
    {
        await using var storage = await FreshAzurite.StartAsync(run.Stop);
        var all = Enumerable.Range(1, workers).Select(_ => new Worker(storage.ConnectionString)).ToList();
        try
        {
            await Scene.PartnersAsync(all[0].Services, Partners, run.Stop);
            await Scene.ProjectsAsync(all[0].Services, 4, AreasUsed, run.Stop);
            await Scene.SubmitAsync(all[0].Services, Enumerable.Range(1, count).Select(i => Scene.Pledge(1 + (i % Partners), i, AreasUsed, "w")), run.Stop);
            foreach (var worker in all) await WarmAsync(worker, run);
            await Task.WhenAll(all.Select(worker => worker.ListenAsync(empty: false, run.Stop)));
            while (all.Sum(worker => worker.Handled.Count) < count / 10) await Task.Delay(TimeSpan.FromMilliseconds(5), run.Stop);
            var (begun, started) = (all.Sum(worker => worker.Handled.Count), Stopwatch.GetTimestamp());
            while (all.Sum(worker => worker.Handled.Count) < count) await Task.Delay(TimeSpan.FromMilliseconds(5), run.Stop);
            var rate = (count - begun) / Stopwatch.GetElapsedTime(started).TotalSeconds;
            foreach (var worker in all) await worker.StopListeningAsync();
            BenchmarkRun.Say($"{workers}: messages each {string.Join(' ', all.Select(worker => worker.Handled.Count))}; operations each {string.Join(" | ", all.Select(worker => worker.Requests.Operations.ToString()))}");
            return rate;
        }
        finally
        {
            foreach (var worker in all) await worker.DisposeAsync();
        }
    }

    /// <summary>Its books know the needs of all areas: it was asked where a pledge would go.</summary>
    private static async Task WarmAsync(Worker worker, BenchmarkRun run)
    {
        var asked = new Line(Areas.Any, "asked", Unit.Of(Currency.Of("EUR")), 1_000, 1_000, 0, 0, 0, [], 1, 1, null,
            new DonorFacts(Scene.Partner(1), "", Sector.Public, null, null, null, null, [], []), Earmark.None, null, null, default);
        await worker.Get<Books>().SplitAsync(asked, run.Stop);
        worker.Requests.Operations.Reset();
    }
}
