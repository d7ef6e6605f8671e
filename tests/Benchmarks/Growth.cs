using FundingFlow.Pledges;
using FundingFlow.Tests.Simulation;

namespace FundingFlow.Benchmarks;

/// <summary>
/// What a pledge costs with much stored ÷ with little: operations, bytes to and from the store, and the worker's processor time, on the
/// store in memory, which is a process of its own. The pledges come at a steady rate for more than five minutes, so that what is read again every few
/// seconds, and whole every five minutes, is counted as often as it happens. The two take turns, so that both have the same share of what the machine is otherwise about.
/// </summary>
internal sealed class Growth : IBenchmark
{
    private const int Partners = 100;
    private const int Turns = 16;
    private const int InATurn = 2_500;
    private const int Unearmarked = 500;
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(10);

    public string Name => "growth";

    public async Task RunAsync(BenchmarkRun run)
    {
        await using var few = await Stored.MakeAsync(run.Scale(1_000), 50, run);
        await using var many = await Stored.MakeAsync(run.Scale(100_000), run.Scale(5_000), run);
        for (var turn = 0; turn <= Turns; turn++)
            foreach (var stored in turn % 2 == 0 ? [few, many] : new[] { many, few }) await stored.TakeTurnAsync(turn, run);
        run.AtMost("growth: operations a pledge, 100,000 & 5,000 stored ÷ 1,000 & 50", many.Operations / few.Operations, 1.1);
        run.AtMost("growth: bytes a pledge, 100,000 & 5,000 stored ÷ 1,000 & 50", many.Bytes / few.Bytes, 1.1);
        run.AtMost("growth: processor time a pledge, 100,000 & 5,000 stored ÷ 1,000 & 50", many.Microseconds / few.Microseconds, 1.1);
        run.AtMost("growth: processor time of an unearmarked pledge, the same", many.MicrosecondsUnearmarked / few.MicrosecondsUnearmarked, 1.1);
    }

    /// <summary>A forum with so much in it, and what pledges have cost there.</summary>
    private sealed class Stored : IAsyncDisposable
    {
        private readonly TablesElsewhere tables = new();
        private readonly MemoryForum forum;
        private int placed;
        private int placedUnearmarked;
        private double operations;
        private double bytes;
        private TimeSpan time;
        private TimeSpan timeUnearmarked;

        private Stored()
        {
            forum = new MemoryForum(_ => tables);
            tables.Operations = forum.Operations;
        }

        /// <summary>All of these are of one pledge.</summary>
        public double Operations => operations / placed;
        public double Bytes => bytes / placed;
        public double Microseconds => time.TotalMicroseconds / placed;
        public double MicrosecondsUnearmarked => timeUnearmarked.TotalMicroseconds / placedUnearmarked;

        public static async Task<Stored> MakeAsync(int pledges, int projects, BenchmarkRun run)
        {
            var stored = new Stored();
            await Scene.PartnersAsync(stored.forum.Services, Partners, run.Stop);
            await Scene.ProjectsAsync(stored.forum.Services, projects, Scene.AllAreas.Count, run.Stop);
            await stored.forum.ImportAndPlaceAsync(Scene.Csv(pledges, Partners, Scene.AllAreas.Count, "stored"), run.Stop);
            await stored.forum.DispatchAsync(run.Stop);
            // What was stored is not news any more.
            stored.forum.Clock.Advance(TimeSpan.FromMinutes(10));
            return stored;
        }

        /// <param name="turn">The first, 0, is to warm up.</param>
        public async Task TakeTurnAsync(int turn, BenchmarkRun run)
        {
            var (count, unearmarked) = (run.Scale(InATurn), run.Scale(Unearmarked));
            forum.Operations.Reset();
            var took = await TimeAsync(Pledges(count, $"turn-{turn}"), run);
            var (asked, carried) = (forum.Operations.Total, Enum.GetValues<StorageOperation>().Sum(forum.Operations.BytesOf));
            var tookUnearmarked = await TimeAsync(Pledges(unearmarked, $"unearmarked-{turn}").Select(one => one with { Request = one.Request with { Areas = [] } }), run);
            if (turn == 0) return;
            (placed, placedUnearmarked) = (placed + count, placedUnearmarked + unearmarked);
            (operations, bytes, time, timeUnearmarked) = (operations + asked, bytes + carried, time + took, timeUnearmarked + tookUnearmarked);
            if (turn == Turns)
                BenchmarkRun.Say($"{Operations:0.00} operations, {Bytes:0} bytes, {Microseconds:0} µs a pledge, {MicrosecondsUnearmarked:0} µs an unearmarked one");
        }

        public async ValueTask DisposeAsync()
        {
            await forum.DisposeAsync();
            tables.Dispose();
        }

        /// <returns>Of the processors, in this process.</returns>
        private async Task<TimeSpan> TimeAsync(IEnumerable<KeyedRequest> pledges, BenchmarkRun run)
        {
            var before = Environment.CpuUsage.TotalTime;
            await forum.SubmitAndPlaceAsync(pledges, Between, run.Stop);
            return Environment.CpuUsage.TotalTime - before;
        }

        private static IEnumerable<KeyedRequest> Pledges(int count, string key)
            => Enumerable.Range(1, count).Select(i => Scene.Pledge(1 + (i % Partners), i, Scene.AllAreas.Count, key));
    }
}
