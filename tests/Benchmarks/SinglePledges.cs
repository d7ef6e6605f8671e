using System.Diagnostics;

namespace FundingFlow.Benchmarks;

/// <summary>
/// Pledges that come one by one: the whole way from the queue to their places ÷ the same listener with a handler that does nothing. The same
/// messages, the same number waiting, each on an Azurite that starts empty: what a row costs there grows with the rows of its partition.
/// </summary>
internal sealed class SinglePledges : IBenchmark
{
    private const int Waiting = 1_000;
    private const int MostRounds = 4;
    private const int Projects = 21;
    private const int AreasUsed = 7;
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(90);

    private enum Handler { Empty, OneByOne, Grouped }

    public string Name => "single";

    public async Task RunAsync(BenchmarkRun run)
    {
        var rates = Enum.GetValues<Handler>().ToDictionary(handler => handler, _ => new List<double>());
        var started = Stopwatch.GetTimestamp();
        for (var round = 0; round <= MostRounds && (round < 2 || Stopwatch.GetElapsedTime(started) < Enough); round++)
        {
            // The first round is short and to warm up: code is compiled, tables are made.
            var count = run.Scale(round == 0 ? 100 : Waiting);
            foreach (var handler in rates.Keys)
            {
                var rate = await MeasureAsync(count, round, handler, run);
                if (round > 0) rates[handler].Add(rate);
            }

            if (round > 0) BenchmarkRun.Say($"round {round}: {string.Join(", ", rates.Select(pair => FormattableString.Invariant($"{pair.Key} {pair.Value[^1]:0}/s")))}");
        }

        var floor = rates[Handler.Empty].Average();
        run.AtLeast("single: pipeline, a transaction a line ÷ empty handler", rates[Handler.OneByOne].Average() / floor, 0.8);
        run.AtLeast("single: pipeline, lines grouped ÷ empty handler", rates[Handler.Grouped].Average() / floor, 0.9);
    }

    private static async Task<double> MeasureAsync(int count, int round, Handler handler, BenchmarkRun run)
    {
        await using var storage = await FreshAzurite.StartAsync(run.Stop);
        await using var worker = new Worker(storage.ConnectionString, new KeyValuePair<string, string?>("FundingFlow:Ledger:MostLinesTogether", handler == Handler.OneByOne ? "1" : "32"));
        await Scene.PartnersAsync(worker.Services, 10, run.Stop);
        await Scene.ProjectsAsync(worker.Services, Projects, AreasUsed, run.Stop);
        await Scene.SubmitAsync(worker.Services, Enumerable.Range(1, count).Select(i => Scene.Pledge(1 + (i % 10), i, AreasUsed, $"{round}-{handler}")), run.Stop);
        var before = worker.Requests.Operations.ToString();
        worker.Requests.Operations.Reset();
        await worker.ListenAsync(handler == Handler.Empty, run.Stop);
        await worker.Handled.WaitForAsync(count, run.Stop);
        var rate = worker.Handled.Rate(skip: count / 10);
        await worker.StopListeningAsync();
        if (handler != Handler.Empty && round == 1) BenchmarkRun.Say($"operations for {count}, {handler}: submit {before}; then {worker.Requests.Operations}, and the listener's {count} deletes");
        return rate;
    }
}
