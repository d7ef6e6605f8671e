using System.Diagnostics;
using System.Runtime.CompilerServices;
using FundingFlow.Pledges;
using FundingFlow.Storage;

namespace FundingFlow.Benchmarks;

/// <summary>
/// What sharing transactions is worth where every storage call takes its time, as over a network: 24 messages in hand, all of them to one area, whose
/// transactions run one after the other. The store is in memory and each call waits; nothing else is measured.
/// </summary>
internal sealed class GroupCommitGain : IBenchmark
{
    private const int Pledges = 1_200;
    private const int InHand = 24;
    private static readonly TimeSpan CallTakes = TimeSpan.FromMilliseconds(8);

    public string Name => "group";

    public async Task RunAsync(BenchmarkRun run)
    {
        var (alone, grouped) = (await MeasureAsync("1", run), await MeasureAsync("32", run));
        BenchmarkRun.Say($"a transaction a line {alone:0} pledges/s, lines grouped {grouped:0} pledges/s");
        run.AtLeast("group: one area, 8 ms a call, lines grouped ÷ a transaction a line", grouped / alone, 1.5);
    }

    private static async Task<double> MeasureAsync(string together, BenchmarkRun run)
    {
        SlowTables? slow = null;
        await using var forum = new MemoryForum(tables => slow = new SlowTables(tables), new KeyValuePair<string, string?>("FundingFlow:Ledger:MostLinesTogether", together));
        await Scene.PartnersAsync(forum.Services, 10, run.Stop);
        await Scene.ProjectsAsync(forum.Services, 10, 1, run.Stop);
        var count = run.Scale(Pledges);
        await Scene.SubmitAsync(forum.Services, Enumerable.Range(1, count).Select(i => Scene.Pledge(1 + (i % 10), i, 1, "g")), run.Stop);
        var messages = new List<string>();
        while (forum.Take(QueueNames.PledgesSubmitted) is { } message) messages.Add(message);
        forum.Operations.Reset();
        slow!.CallTakes = CallTakes;
        var started = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(messages, new ParallelOptions { MaxDegreeOfParallelism = InHand, CancellationToken = run.Stop },
            async (message, stop) => await forum.Get<PledgeIngestion>().IngestAsync(message, stop));
        var rate = count / Stopwatch.GetElapsedTime(started).TotalSeconds;
        BenchmarkRun.Say($"at most {together} together, operations for {count}: {forum.Operations}");
        return rate;
    }

    private sealed class SlowTables(ITables inner) : ITables
    {
        private const int RowsOfACall = 1000;

        public TimeSpan CallTakes { get; set; }

        public async Task<Row?> FindAsync(string table, string partition, string key, CancellationToken stop)
        {
            await WaitAsync(stop);
            return await inner.FindAsync(table, partition, key, stop);
        }

        public async IAsyncEnumerable<Row> RangeAsync(string table, string partition, string from, string to, [EnumeratorCancellation] CancellationToken stop)
        {
            await WaitAsync(stop);
            var read = 0;
            await foreach (var row in inner.RangeAsync(table, partition, from, to, stop))
            {
                yield return row;
                if (++read % RowsOfACall == 0) await WaitAsync(stop);
            }
        }

        public async Task<RowsWritten> WrittenAsync(string table, string partition, string from, string to, string? since, CancellationToken stop)
        {
            var written = await inner.WrittenAsync(table, partition, from, to, since, stop);
            for (var call = 0; call <= written.Rows.Count / RowsOfACall; call++) await WaitAsync(stop);
            return written;
        }

        public async Task<RowPage> PageAsync(string table, string? partition, int size, string? continuation, CancellationToken stop)
        {
            await WaitAsync(stop);
            return await inner.PageAsync(table, partition, size, continuation, stop);
        }

        public async Task<IReadOnlyList<string?>> CommitAsync(string table, IReadOnlyList<RowChange> changes, CancellationToken stop)
        {
            await WaitAsync(stop);
            return await inner.CommitAsync(table, changes, stop);
        }

        private Task WaitAsync(CancellationToken stop) => CallTakes > TimeSpan.Zero ? Task.Delay(CallTakes, stop) : Task.CompletedTask;
    }
}
