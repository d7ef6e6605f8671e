namespace FundingFlow.Benchmarks;

/// <summary>
/// Pledges that come one by one: the whole way from the queue to their places ÷ the same listener with a handler that does nothing. The same
/// messages, the same number waiting, each on an Azurite that starts empty: what a row costs there grows with the rows of its partition.
/// </summary>
internal sealed class SinglePledges : IBenchmark
{
    private const int Rounds = 2;
    private const int Projects = 21;
    private const int AreasUsed = 7;
    /// <summary>What a message costs Azurite's queue grows with how many wait, and with it the floor.</summary>
    private static readonly int[] Waiting = [1_000, 2_000];

    private enum Handler { Empty, OneByOne, Grouped }

    public string Name => "single";

    public async Task RunAsync(BenchmarkRun run)
    {
        // To warm up: code is compiled.
        foreach (var handler in Enum.GetValues<Handler>()) await MeasureAsync(run.Scale(100), 0, handler, run);
        foreach (var waiting in Waiting)
        {
            var rates = Enum.GetValues<Handler>().ToDictionary(handler => handler, _ => new List<double>());
            for (var round = 1; round <= Rounds; round++)
            {
                foreach (var handler in rates.Keys) rates[handler].Add(await MeasureAsync(run.Scale(waiting), round, handler, run));
                BenchmarkRun.Say($"{waiting} waiting, round {round}: {string.Join(", ", rates.Select(pair => FormattableString.Invariant($"{pair.Key} {pair.Value[^1]:0}/s")))}");
            }

            var floor = rates[Handler.Empty].Average();
            run.AtLeast($"single: {waiting} waiting, a transaction a line ÷ empty handler", rates[Handler.OneByOne].Average() / floor, 0.8);
            run.AtLeast($"single: {waiting} waiting, lines grouped ÷ empty handler", rates[Handler.Grouped].Average() / floor, 0.9);
        }
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
