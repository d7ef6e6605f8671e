using System.Diagnostics;
using System.Text;
using Azure.Data.Tables;
using FundingFlow.Access;
using FundingFlow.Interop.Imports;
using FundingFlow.Ledger;
using FundingFlow.Projects;
using FundingFlow.Storage;

namespace FundingFlow.Benchmarks;

/// <summary>
/// An import, from its first row to the last one placed ÷ bare transactions of 100 that write the rows which it left. Each on an
/// Azurite of its own with the same partners and projects and no pledge in it, because Azurite slows as it fills; a short round before the others compiles the code of both. The listener
/// runs before the clock does, and stops after it.
/// </summary>
internal sealed class Bulk : IBenchmark
{
    private const int Pledges = 10_000;
    private const int Partners = 20;
    private const int Projects = 20;
    private const int AreasUsed = 4;
    private const int Rounds = 2;
    private const int Callers = 16;

    public string Name => "bulk";

    public async Task RunAsync(BenchmarkRun run)
    {
        var (floors, rates) = (new List<double>(), new List<double>());
        for (var round = 0; round <= Rounds; round++)
        {
            var (rate, rows) = await ImportAsync(run.Scale(round == 0 ? Pledges / 10 : Pledges), run);
            var floor = await WriteAsync(rows, run);
            if (round == 0) continue;
            BenchmarkRun.Say($"round {round}: bare transactions {floor:0} pledges/s, import {rate:0} pledges/s, ratio {rate / floor:0.00}");
            floors.Add(floor);
            rates.Add(rate);
        }

        run.AtLeast("bulk: import ÷ bare transactions of 100 with the rows it leaves", rates.Average() / floors.Average(), 0.7);
    }

    private static async Task<(double Rate, IReadOnlyList<(string Table, Row Row)> Rows)> ImportAsync(int count, BenchmarkRun run)
    {
        await using var storage = await FreshAzurite.StartAsync(run.Stop);
        await using var worker = new Worker(storage.ConnectionString);
        await BeginAsync(worker, run);
        worker.Requests.Operations.Reset();
        await worker.ListenAsync(empty: false, run.Stop);
        var started = Stopwatch.GetTimestamp();
        await ImportAsync(worker, count, run);
        var rate = count / Stopwatch.GetElapsedTime(started).TotalSeconds;
        await worker.StopListeningAsync();
        BenchmarkRun.Say($"operations for {count}: {worker.Requests.Operations}, and the listener's receives and deletes");
        return (rate, await RowsAsync(worker, run));
    }

    /// <summary>What there is before the pledges come. The storage has then answered queries, too: it is slower after that.</summary>
    private static async Task BeginAsync(Worker worker, BenchmarkRun run)
    {
        await Scene.PartnersAsync(worker.Services, Partners, run.Stop);
        await Scene.ProjectsAsync(worker.Services, Projects, AreasUsed, run.Stop);
    }

    private static async Task ImportAsync(Worker worker, int count, BenchmarkRun run)
    {
        var import = (await worker.Get<ImportSubmission>().SubmitAsync(
            new ImportUpload(ImportKind.Pledges, false, Encoding.UTF8.GetBytes(Scene.Csv(count, Partners, AreasUsed, "row")), null), null, Caller.System, run.Stop)).Value;
        for (var done = false; !done;)
        {
            await worker.Get<ImportRunner>().RunAsync(new RunImport(1, import.Id, import.Run), run.Stop);
            done = (await worker.Get<ImportStore>().FindAsync(import.Id, run.Stop))!.Document is { IsFinished: true } end
                && (end.Refused == 0 ? true : throw new InvalidOperationException("The import refused rows."));
        }

        var queues = worker.Get<IQueues>();
        while (await queues.CountAsync(QueueNames.PledgesSubmitted, run.Stop) > 0) await Task.Delay(TimeSpan.FromMilliseconds(20), run.Stop);
    }

    private static async Task<IReadOnlyList<(string Table, Row Row)>> RowsAsync(Worker worker, BenchmarkRun run)
    {
        var (tables, rows) = (worker.Get<ITables>(), new List<(string Table, Row Row)>());
        for (var i = 1; i <= Partners; i++)
            await foreach (var row in tables.PrefixAsync(TableNames.Pledges, Scene.Partner(i), "", run.Stop)) rows.Add((TableNames.Pledges, row));
        foreach (var area in Areas.All)
            foreach (var prefix in new[] { LedgerKeys.LinePrefix, "part|", "journal|partner-" })
                await foreach (var row in tables.PrefixAsync(TableNames.Ledger, area, prefix, run.Stop)) rows.Add((TableNames.Ledger, row));
        return rows;
    }

    /// <summary>The SDK alone: as many callers as the app has messages in hand.</summary>
    private static async Task<double> WriteAsync(IReadOnlyList<(string Table, Row Row)> rows, BenchmarkRun run)
    {
        await using var storage = await FreshAzurite.StartAsync(run.Stop);
        await using (var worker = new Worker(storage.ConnectionString)) await BeginAsync(worker, run);
        var service = new TableServiceClient(storage.ConnectionString);
        foreach (var table in rows.Select(row => row.Table).Distinct()) await service.CreateTableIfNotExistsAsync(table, run.Stop);
        var transactions = rows.GroupBy(row => (row.Table, row.Row.Partition)).SelectMany(partition => partition.Chunk(100)).ToList();
        // In turns over the partitions, as the import comes by them.
        var order = transactions.Select((transaction, i) => (transaction, Turn: (i * 7919) % transactions.Count)).OrderBy(one => one.Turn).Select(one => one.transaction);
        var started = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(order, new ParallelOptions { MaxDegreeOfParallelism = Callers, CancellationToken = run.Stop }, async (transaction, stop)
            => await service.GetTableClient(transaction[0].Table).SubmitTransactionAsync(transaction.Select(one => new TableTransactionAction(
                TableTransactionActionType.Add, new TableEntity(one.Row.Partition, one.Row.Key) { ["Body"] = one.Row.Body })), stop));
        var pledges = rows.Count(row => row.Table == TableNames.Pledges);
        BenchmarkRun.Say($"{rows.Count} rows for {pledges} pledges in {transactions.Count} transactions");
        return pledges / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
