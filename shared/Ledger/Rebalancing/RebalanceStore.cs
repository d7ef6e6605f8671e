using System.Globalization;
using FundingFlow.Storage;

namespace FundingFlow.Ledger.Rebalancing;

/// <summary>A partition per rebalance with its row and its steps, and one row that says which is running.</summary>
internal sealed class RebalanceStore(ITables tables)
{
    private const string DocumentKey = "rebalance";
    private const string StepPrefix = "step|";
    private const string Running = "running";
    private const int MostStepsInACommit = 15;

    public static bool IsId(string id) => id.Length == 16 && id.All(c => c is (>= 'a' and <= 'z') or (>= '2' and <= '7'));

    public async Task<Stored<RebalanceDocument>?> FindAsync(string id, CancellationToken stop)
        => IsId(id) && await tables.FindAsync(TableNames.Rebalances, id, DocumentKey, stop) is { } row ? LedgerRows.Read<RebalanceDocument>(row) : null;

    /// <summary>The one that has the right to run, if any.</summary>
    public async Task<Stored<RunningRebalance>?> RunningAsync(CancellationToken stop)
        => await tables.FindAsync(TableNames.Rebalances, Running, Running, stop) is { } row ? LedgerRows.Read<RunningRebalance>(row) : null;

    /// <summary>Gives it the right to run. False: another took it meanwhile.</summary>
    /// <param name="before">The row as read; null: there was none.</param>
    public async Task<bool> TryBeginAsync(string id, DateTimeOffset at, Stored<RunningRebalance>? before, CancellationToken stop)
    {
        var row = new Row(Running, Running, Wire.Write(new RunningRebalance(id, at)), before?.ETag);
        try
        {
            await tables.PutAsync(TableNames.Rebalances, before is null ? RowChange.Add(row) : RowChange.Replace(row), stop);
            return true;
        }
        catch (StoreConflictException)
        {
            return (await RunningAsync(stop))?.Value.Id == id;
        }
    }

    /// <returns>The row as it is then: another's, when that was faster or the answer to our own was lost.</returns>
    public async Task<Stored<RebalanceDocument>> AddAsync(RebalanceDocument rebalance, CancellationToken stop)
    {
        try
        {
            return new Stored<RebalanceDocument>(rebalance, await tables.PutAsync(TableNames.Rebalances, RowChange.Add(RowOf(rebalance, null)), stop));
        }
        catch (StoreConflictException)
        {
            return await FindAsync(rebalance.Id, stop) ?? throw new InvalidOperationException($"The rebalance {rebalance.Id} is there and cannot be read.");
        }
    }

    /// <exception cref="StoreConflictException">Another worker runs it too and was faster; nothing was written.</exception>
    public async Task<Stored<RebalanceDocument>> SaveAsync(RebalanceDocument next, string? etag, IReadOnlyList<RebalanceStep> steps, CancellationToken stop)
    {
        List<RowChange> changes = [RowChange.Replace(RowOf(next, etag)), .. steps.Select(step => RowChange.Upsert(RowOf(next.Id, step)))];
        return new Stored<RebalanceDocument>(next, (await tables.CommitAsync(TableNames.Rebalances, changes, stop))[0]);
    }

    /// <summary>Before the row says that it is moving: a repetition writes the same ones, or other ones over them.</summary>
    public async Task WriteAsync(string id, IReadOnlyList<RebalanceStep> steps, CancellationToken stop)
    {
        foreach (var chunk in steps.Chunk(MostStepsInACommit))
            await tables.CommitAsync(TableNames.Rebalances, [.. chunk.Select(step => RowChange.Upsert(RowOf(id, step)))], stop);
    }

    /// <param name="from">Number of the first one.</param>
    public async IAsyncEnumerable<RebalanceStep> StepsAsync(string id, int from, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var row in tables.RangeAsync(TableNames.Rebalances, id, KeyOf(from), TablesExtensions.EndOf(StepPrefix), stop)) yield return Wire.Read<RebalanceStep>(row);
    }

    private static Row RowOf(RebalanceDocument rebalance, string? etag) => new(rebalance.Id, DocumentKey, Wire.Write(rebalance), etag);

    private static Row RowOf(string id, RebalanceStep step) => new(id, KeyOf(step.Number), Wire.Write(step));

    private static string KeyOf(int step) => StepPrefix + step.ToString("D8", CultureInfo.InvariantCulture);
}

/// <param name="Id">Of the rebalance that runs, or ran last.</param>
public sealed record RunningRebalance(string Id, DateTimeOffset At)
{
    public int V { get; init; } = 1;
}
