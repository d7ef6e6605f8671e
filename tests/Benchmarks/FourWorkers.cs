using System.Diagnostics;
using FundingFlow.Ledger;

namespace FundingFlow.Benchmarks;

/// <summary>Four workers, each with a memory of its own, ÷ one, on one Azurite and a few needs that all of them want.</summary>
internal sealed class FourWorkers : IBenchmark
{
    private const int Pledges = 1_500;
    private const int Rounds = 2;

    public string Name => "workers";

    public async Task RunAsync(BenchmarkRun run)
    {
        await using var storage = await FreshAzurite.StartAsync(run.Stop);
        var count = run.Scale(Pledges);
        var (one, four) = (new List<double>(), new List<double>());
        for (var round = 0; round <= Rounds; round++)
        {
            var alone = await MeasureAsync(storage, 1, round == 0 ? count / 10 : count, round, run);
            var together = await MeasureAsync(storage, 4, round == 0 ? count / 10 : count, round, run);
            if (round == 0) continue;
            BenchmarkRun.Say($"round {round}: one {alone:0} pledges/s, four {together:0} pledges/s, ratio {together / alone:0.00}");
            one.Add(alone);
            four.Add(together);
        }

        run.AtLeast("workers: four ÷ one, one storage, two needs in each of two areas", four.Average() / one.Average(), 1);
    }

    private static async Task<double> MeasureAsync(FreshAzurite storage, int workers, int count, int round, BenchmarkRun run)
    {
        var all = Enumerable.Range(1, workers).Select(_ => new Worker(storage.ConnectionString)).ToList();
        try
        {
            if (round == 0 && workers == 1)
            {
                await Scene.PartnersAsync(all[0].Services, 10, run.Stop);
                await Scene.ProjectsAsync(all[0].Services, 4, 2, run.Stop);
            }

            await Scene.SubmitAsync(all[0].Services, Enumerable.Range(1, count).Select(i => Scene.Pledge(1 + (i % 10), i, 2, $"{round}-{workers}")), run.Stop);
            foreach (var worker in all)
            {
                // Each knows the needs before the clock runs.
                await worker.Get<ILedgerReader>().PositionsAsync(Scene.AllAreas[0], run.Stop);
                worker.Requests.Operations.Reset();
            }

            await Task.WhenAll(all.Select(worker => worker.ListenAsync(empty: false, run.Stop)));
            while (all.Sum(worker => worker.Handled.Count) < count / 10) await Task.Delay(TimeSpan.FromMilliseconds(5), run.Stop);
            var (begun, started) = (all.Sum(worker => worker.Handled.Count), Stopwatch.GetTimestamp());
            while (all.Sum(worker => worker.Handled.Count) < count) await Task.Delay(TimeSpan.FromMilliseconds(5), run.Stop);
            var rate = (count - begun) / Stopwatch.GetElapsedTime(started).TotalSeconds;
            foreach (var worker in all) await worker.StopListeningAsync();
            if (round == 1)
                BenchmarkRun.Say($"{workers}: messages each {string.Join(' ', all.Select(worker => worker.Handled.Count))}; operations each {string.Join(" | ", all.Select(worker => worker.Requests.Operations.ToString()))}");
            return rate;
        }
        finally
        {
            foreach (var worker in all) await worker.DisposeAsync();
        }
    }
}
