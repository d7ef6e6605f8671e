using System.Globalization;
using System.Text;
using FundingFlow.Access;
using FundingFlow.Interop.Imports;
using FundingFlow.Pledges;
using FundingFlow.Storage;
using FundingFlow.Tests.Simulation;

namespace FundingFlow.Benchmarks;

/// <summary>
/// Storage operations from submit to placed, by kind, and what a million pledges cost with them. Counted where the app meets the store; change
/// notices and empty polls apart. A message is counted as a receive of its own, though the listener takes up to 16 with one.
/// </summary>
internal sealed class OperationsBill : IBenchmark
{
    private const int Pledges = 2_000;
    private const int Partners = 20;
    private const int AreasUsed = 4;

    public string Name => "operations";

    public async Task RunAsync(BenchmarkRun run)
    {
        await using var forum = new MemoryForum();
        await Scene.PartnersAsync(forum.Services, Partners, run.Stop);
        await Scene.ProjectsAsync(forum.Services, 20, AreasUsed, run.Stop);
        await SingleAsync(forum, 100, "warm", run);
        await ImportAsync(forum, 100, "warm", run);

        run.AtMost("operations: a single pledge, submit to placed", await MeasureAsync(forum, Pledges, run, SingleAsync), 7.05);
        run.AtMost("operations: one of 100 pledges a partner, import row to placed", await MeasureAsync(forum, Pledges, run, ImportAsync), 0.2);
    }

    private static async Task<double> MeasureAsync(MemoryForum forum, int count, BenchmarkRun run, Func<MemoryForum, int, string, BenchmarkRun, Task> work)
    {
        await forum.DispatchAsync(run.Stop);
        forum.Operations.Reset();
        await work(forum, count, "row", run);
        var operations = forum.Operations;
        var queues = Sum(operations, kind => kind.ToString().StartsWith("Queue", StringComparison.Ordinal));
        var others = operations.Total - queues;
        var price = ((queues * run.Prices.Queues) + (others * run.Prices.Tables)) / 10_000m * 1_000_000m / count;
        BenchmarkRun.Say($"for {count}: {operations}");
        BenchmarkRun.Say($"a million of them: {price:0.00} USD, assuming {run.Prices.Queues} USD for 10,000 queue and {run.Prices.Tables} USD for 10,000 table operations");
        return operations.Total / (double)count;
    }

    private static async Task SingleAsync(MemoryForum forum, int count, string key, BenchmarkRun run)
    {
        for (var i = 1; i <= count; i++)
        {
            var one = Scene.Pledge(1 + (i % Partners), i, AreasUsed, "single-" + key);
            await forum.Get<IPledgeIntake>().SubmitAsync(one.Request, one.IdempotencyKey, Caller.System, run.Stop);
            await forum.Get<PledgeIngestion>().IngestAsync(forum.Take(QueueNames.PledgesSubmitted)!, run.Stop);
        }

        await forum.Get<SubmittedLog>().FlushAsync(run.Stop);
    }

    private static async Task ImportAsync(MemoryForum forum, int count, string key, BenchmarkRun run)
    {
        await forum.ImportAsync(new ImportUpload(ImportKind.Pledges, false, Encoding.UTF8.GetBytes(Scene.Csv(count, Partners, AreasUsed, key)), null), run.Stop);
        await forum.PlaceAsync(run.Stop);
    }

    private static long Sum(StorageOperations operations, Func<StorageOperation, bool> wanted)
        => Enum.GetValues<StorageOperation>().Where(wanted).Sum(kind => operations[kind]);
}
