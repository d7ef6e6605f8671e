using FundingFlow.Pledges;
using FundingFlow.Storage;

namespace FundingFlow.Benchmarks;

/// <summary>
/// Pledges that come one by one: the whole way from the queue to their places ÷ the same listener with a handler that does nothing. The same
/// messages, the same number waiting, in turns on the same Azurite, so that what fills up or slows down does so for both.
/// </summary>
internal sealed class SinglePledges : IBenchmark
{
    private const int Waiting = 1_500;
    private const int Rounds = 3;
    private const int Projects = 20;
    private const int AreasUsed = 4;

    public string Name => "single";

    public async Task RunAsync(BenchmarkRun run)
    {
        await using var storage = await Storage.StartAsync(run.Stop);
        var (count, floors, rates) = (run.Scale(Waiting), new List<double>(), new List<double>());
        for (var round = 0; round <= Rounds; round++)
        {
            var floor = await MeasureAsync(storage, count, round, empty: true, run);
            var rate = await MeasureAsync(storage, count, round, empty: false, run);
            // The first round is to warm up: code is compiled, tables are made.
            BenchmarkRun.Say($"{(round == 0 ? "warming up" : "round " + round)}: empty handler {floor:0} messages/s, pipeline {rate:0} pledges/s, ratio {rate / floor:0.00}");
            if (round == 0) continue;
            floors.Add(floor);
            rates.Add(rate);
        }

        run.AtLeast("single: pipeline ÷ empty handler", rates.Average() / floors.Average(), 0.8);
    }

    private static async Task<double> MeasureAsync(Storage storage, int count, int round, bool empty, BenchmarkRun run)
    {
        await using var worker = new Worker(storage.ConnectionString);
        if (round == 0 && empty)
        {
            await Scene.PartnersAsync(worker.Services, 10, run.Stop);
            await Scene.ProjectsAsync(worker.Services, Projects, AreasUsed, run.Stop);
        }

        await Scene.SubmitAsync(worker.Get<IPledgeIntake>(),
            Enumerable.Range(1, count).Select(i => Scene.Pledge(1 + (i % 10), i, AreasUsed, $"{round}-{empty}")), run.Stop);
        var before = worker.Requests.Operations.ToString();
        worker.Requests.Operations.Reset();
        await worker.ListenAsync(empty, run.Stop);
        await worker.Handled.WaitForAsync(count, run.Stop);
        if (!empty && round > 0) BenchmarkRun.Say($"operations for {count}: submit {before}; then {worker.Requests.Operations}, and the listener's {count} deletes");
        var rate = worker.Handled.Rate(skip: count / 10);
        await worker.StopListeningAsync();
        if (empty) await ForgetAsync(worker.Get<ITables>(), run.Stop);
        return rate;
    }

    /// <summary>What the empty handler left unplaced is not to be swept into the next round.</summary>
    private static async Task ForgetAsync(ITables tables, CancellationToken stop)
    {
        while ((await tables.PageAsync(TableNames.Submitted, null, 1000, null, stop)).Rows is { Count: > 0 } rows)
            foreach (var chunk in rows.GroupBy(row => row.Partition).SelectMany(bucket => bucket.Chunk(100)))
                await tables.CommitAsync(TableNames.Submitted, [.. chunk.Select(RowChange.Delete)], stop);
    }
}
