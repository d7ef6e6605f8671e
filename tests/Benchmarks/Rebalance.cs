using System.Diagnostics;
using FundingFlow.Ledger.Rebalancing;
using FundingFlow.Matching;

namespace FundingFlow.Benchmarks;

/// <summary>
/// Planning a rebalance of 100,000 pledges, placed one after the other as they came, over 5,000 projects ÷ the time inside the bare solver's own calls in it (handing
/// over the graphs, solving, reading the flows), and ÷ the bare solver on the same graph as it is, without ours; both find the same optimum. Through the app's own door: books of
/// the store in memory, the problem, the optimum, the moves and their order. Writes are apart: it is a dry run, and what it commits of itself is taken off.
/// </summary>
internal sealed class Rebalance : IBenchmark
{
    private const int Rounds = 3;
    private const double Megabyte = 1 << 20;

    public string Name => "rebalance";

    public async Task RunAsync(BenchmarkRun run)
    {
        WatchedTables? tables = null;
        await using var forum = new MemoryForum(inner => tables = new WatchedTables(inner));
        var (pledges, projects) = (run.Scale(100_000), run.Scale(5_000));
        var scene = new VariedScene(forum.Services, run.Scale(1_000), projects, run.Stop);
        await scene.MakeAsync();
        await forum.ImportAndPlaceAsync(scene.Pledges(pledges), run.Stop);

        // The first is to warm up; of the others the median counts.
        await MeasureAsync(forum, tables!, 0, run);
        var measured = new List<Planned>();
        for (var round = 1; round <= Rounds; round++) measured.Add(await MeasureAsync(forum, tables!, round, run));
        var bare = await BareAsync(tables!, forum, measured[^1], run);
        run.AtMost("rebalance: with reading the books ÷ bare solver on the graph as it is", Median(measured, one => (one.Reading + one.Planning) / bare), 2);
        run.AtMost("rebalance: planned from the books as read ÷ bare solver in it", Median(measured, one => one.Planning / one.Solver), 2);
        run.AtMost("rebalance: the same with reading the books", Median(measured, one => (one.Reading + one.Planning) / one.Solver), 2);
    }

    private static async Task<Planned> MeasureAsync(MemoryForum forum, WatchedTables tables, int round, BenchmarkRun run)
    {
        using var memory = new PeakMemory();
        tables.Reset();
        var started = Stopwatch.GetTimestamp();
        var rebalance = (await forum.Get<Rebalances>().RunAsync($"round {round}", dryRun: true, "benchmark", run.Stop)).Value;
        var ended = Stopwatch.GetTimestamp();
        if (rebalance.Status != RebalanceStatus.Done) throw new InvalidOperationException($"The rebalance is {rebalance.Status}: {rebalance.Failure}");
        var planned = new Planned(Stopwatch.GetElapsedTime(started, tables.LedgerReadAt), Stopwatch.GetElapsedTime(tables.LedgerReadAt, ended) - tables.Committing,
            rebalance.Units.Aggregate(TimeSpan.Zero, (sum, unit) => sum + unit.SolvedIn), rebalance.Units);
        BenchmarkRun.Say($"read in {planned.Reading.TotalSeconds:0.00} s, planned in {planned.Planning.TotalSeconds:0.00} s, of that {planned.Solver.TotalSeconds:0.00} s in the solver; written in {tables.Committing.TotalSeconds:0.00} s");
        BenchmarkRun.Say($"{rebalance.Planned} moves in {rebalance.Steps} steps; {rebalance.Parts} parts, at most {rebalance.MostPartsOfOnePledge} of one pledge; peak working set {memory.Peak / Megabyte:0} MiB, {memory.Before / Megabyte:0} MiB of it before (the store in memory)");
        foreach (var unit in rebalance.Units)
            BenchmarkRun.Say($"{unit.Unit.Code}: weighted need met {(double)unit.Before.WeightedMet / (double)unit.Planned.WeightedMet:0.000000} of the optimum before; fit {unit.Before.FitScore} → {unit.Planned.FitScore}; {(unit.Gap is null ? "proven" : "gap open")}");
        return planned;
    }

    /// <returns>How long the bare solver takes for the problems of all units, as the books pose them.</returns>
    private static async Task<TimeSpan> BareAsync(WatchedTables tables, MemoryForum forum, Planned planned, BenchmarkRun run)
    {
        var took = TimeSpan.Zero;
        foreach (var (unit, ours) in ProblemBuilder.Of(await BooksAt.ReadAsync(tables, forum.Get<ForumCalendar>(), run.Stop), forum.Get<PlacingPolicy>()).Zip(planned.Units))
        {
            var bare = BareFlow.Solve(unit.Problem);
            if ((unit.FixedMet + bare.WeightedMet, bare.Fit) != (ours.Planned.WeightedMet, ours.Planned.FitScore)) throw new InvalidOperationException($"{ours.Planned} is not the bare solver's {bare}.");
            BenchmarkRun.Say($"{unit.Unit.Code}: the bare solver on {unit.Problem.Links.Count} links as they are {bare.Took.TotalSeconds:0.00} s, the same optimum");
            took += bare.Took;
        }

        return took;
    }

    private static double Median(IEnumerable<Planned> rounds, Func<Planned, double> ratio) => rounds.Select(ratio).Order().ElementAt(Rounds / 2);

    private sealed record Planned(TimeSpan Reading, TimeSpan Planning, TimeSpan Solver, IReadOnlyList<UnitResult> Units);
}
