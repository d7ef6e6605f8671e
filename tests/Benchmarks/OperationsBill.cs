using FundingFlow.Pledges;
using FundingFlow.Tests.Simulation;

namespace FundingFlow.Benchmarks;

/// <summary>
/// Storage operations from submit to placed, by kind, and what a million pledges cost with them. Counted where the app meets the store; change
/// notices and empty polls apart. The clearing of what says that a pledge waits, 100 at a time, and reading the needs again are counted. A message is
/// counted as a receive of its own, though the listener takes up to 32 with one.
/// </summary>
internal sealed class OperationsBill : IBenchmark
{
    private const int Pledges = 2_000;
    private const int Partners = 20;
    private const int AreasUsed = 4;
    private static readonly TimeSpan SteadyRate = TimeSpan.FromMilliseconds(10);

    public string Name => "operations";

    public async Task RunAsync(BenchmarkRun run)
    {
        await using var forum = new MemoryForum();
        await Scene.PartnersAsync(forum.Services, Partners, run.Stop);
        await Scene.ProjectsAsync(forum.Services, 20, AreasUsed, run.Stop);
        await forum.SubmitAndPlaceAsync(Singles(100, "warm"), SteadyRate, run.Stop);
        await forum.ImportAndPlaceAsync(Scene.Csv(100, Partners, AreasUsed, "warm"), run.Stop);

        run.AtMost("operations: a single pledge of 100 a second, submit to placed", await MeasureAsync(forum, Pledges, run,
            count => forum.SubmitAndPlaceAsync(Singles(count, "steady"), SteadyRate, run.Stop)), 7);
        run.AtMost("operations: a single unearmarked pledge of 100 a second", await MeasureAsync(forum, Pledges, run,
            count => forum.SubmitAndPlaceAsync(Singles(count, "unearmarked").Select(one => one with { Request = one.Request with { Areas = [] } }), SteadyRate, run.Stop)), 7);
        run.AtMost("operations: a single pledge, alone for ten seconds", await MeasureAsync(forum, Pledges / 10, run,
            count => forum.SubmitAndPlaceAsync(Singles(count, "alone"), TimeSpan.FromSeconds(10), run.Stop)), 7);
        run.AtMost("operations: one of 100 pledges a partner, import row to placed", await MeasureAsync(forum, Pledges, run,
            count => forum.ImportAndPlaceAsync(Scene.Csv(count, Partners, AreasUsed, "row"), run.Stop)), 0.2);
    }

    private static IEnumerable<KeyedRequest> Singles(int count, string key)
        => Enumerable.Range(1, count).Select(i => Scene.Pledge(1 + (i % Partners), i, AreasUsed, "single-" + key));

    private static async Task<double> MeasureAsync(MemoryForum forum, int count, BenchmarkRun run, Func<int, Task> work)
    {
        await forum.DispatchAsync(run.Stop);
        forum.Operations.Reset();
        await work(count);
        var operations = forum.Operations;
        var queues = Sum(operations, kind => kind.ToString().StartsWith("Queue", StringComparison.Ordinal));
        var others = operations.Total - queues;
        var price = ((queues * run.Prices.Queues) + (others * run.Prices.Tables)) / 10_000m * 1_000_000m / count;
        BenchmarkRun.Say($"for {count}: {operations}");
        BenchmarkRun.Say($"a million of them: {price:0.00} USD, assuming {run.Prices.Queues} USD for 10,000 queue and {run.Prices.Tables} USD for 10,000 table operations");
        return operations.Total / (double)count;
    }

    private static long Sum(StorageOperations operations, Func<StorageOperation, bool> wanted)
        => Enum.GetValues<StorageOperation>().Where(wanted).Sum(kind => operations[kind]);
}
