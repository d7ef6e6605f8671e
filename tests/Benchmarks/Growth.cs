using FundingFlow.Pledges;
using FundingFlow.Tests.Simulation;

namespace FundingFlow.Benchmarks;

/// <summary>
/// What a pledge costs with much stored ÷ with little: operations, bytes to and from the store, and the worker's processor time, on the
/// store in memory, which is a process of its own. The pledges come at a steady rate for more than five minutes, so that what is read again every few seconds, and whole every five
/// minutes, is counted as often as it happens.
/// </summary>
internal sealed class Growth : IBenchmark
{
    private const int Partners = 100;
    private const int Measured = 40_000;
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(10);

    public string Name => "growth";

    public async Task RunAsync(BenchmarkRun run)
    {
        // The first is to warm up; the other two stand around the one that they are compared with.
        await MeasureAsync(run.Scale(1_000), 50, run);
        var before = await MeasureAsync(run.Scale(1_000), 50, run);
        var many = await MeasureAsync(run.Scale(100_000), run.Scale(5_000), run);
        var after = await MeasureAsync(run.Scale(1_000), 50, run);
        var few = new Cost((before.Operations + after.Operations) / 2, (before.Bytes + after.Bytes) / 2, (before.Microseconds + after.Microseconds) / 2);
        run.AtMost("growth: operations a pledge, 100,000 & 5,000 stored ÷ 1,000 & 50", many.Operations / few.Operations, 1.1);
        run.AtMost("growth: bytes a pledge, 100,000 & 5,000 stored ÷ 1,000 & 50", many.Bytes / few.Bytes, 1.1);
        run.AtMost("growth: processor time a pledge, 100,000 & 5,000 stored ÷ 1,000 & 50", many.Microseconds / few.Microseconds, 1.1);
    }

    private static async Task<Cost> MeasureAsync(int pledges, int projects, BenchmarkRun run)
    {
        using var tables = new TablesElsewhere();
        await using var forum = new MemoryForum(_ => tables);
        tables.Operations = forum.Operations;
        await Scene.PartnersAsync(forum.Services, Partners, run.Stop);
        await Scene.ProjectsAsync(forum.Services, projects, Scene.AllAreas.Count, run.Stop);
        await forum.ImportAndPlaceAsync(Scene.Csv(pledges, Partners, Scene.AllAreas.Count, "stored"), run.Stop);
        await forum.DispatchAsync(run.Stop);
        // What was stored is not news any more.
        forum.Clock.Advance(TimeSpan.FromMinutes(10));
        await forum.SubmitAndPlaceAsync(Pledges(500, "warm"), Between, run.Stop);

        var count = run.Scale(Measured);
        forum.Operations.Reset();
        GC.Collect();
        var before = Environment.CpuUsage.TotalTime;
        await forum.SubmitAndPlaceAsync(Pledges(count, "measured"), Between, run.Stop);
        var cost = new Cost(forum.Operations.Total / (double)count, Enum.GetValues<StorageOperation>().Sum(forum.Operations.BytesOf) / (double)count,
            (Environment.CpuUsage.TotalTime - before).TotalMicroseconds / count);
        BenchmarkRun.Say($"{pledges} pledges and {projects} projects stored: {cost.Operations:0.00} operations, {cost.Bytes:0} bytes, {cost.Microseconds:0} µs a pledge; {forum.Operations}");
        return cost;
    }

    private static IEnumerable<KeyedRequest> Pledges(int count, string key)
        => Enumerable.Range(1, count).Select(i => Scene.Pledge(1 + (i % Partners), i, Scene.AllAreas.Count, key));

    private sealed record Cost(double Operations, double Bytes, double Microseconds);
}
