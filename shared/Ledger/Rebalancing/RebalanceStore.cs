using System.Globalization;
using FundingFlow.Storage;

namespace FundingFlow.Ledger.Rebalancing;

/// <summary>A partition per rebalance with its row and its steps, and one row that says which is running.</summary>
internal sealed class RebalanceStore(ITables tables)
{
    private const string DocumentKey = "rebalance";
    private const string StepPrefix = "step|";
    private const string Running = "running";
    private const int MostRowsInACommit = 15;

    /// <summary>Beside the rebalance's own row, under the store's 4 MiB however the characters are written.</summary>
    private const long MostCharactersInACommit = 500_000;
    private const int MostMovesInARow = 150;

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

    /// <returns>False: it is there already, by another's hand, or by this one's, whose answer was lost.</returns>
    public async Task<(Stored<RebalanceDocument> Stored, bool IsAdded)> AddAsync(RebalanceDocument rebalance, CancellationToken stop)
    {
        try
        {
            return (new Stored<RebalanceDocument>(rebalance, await tables.PutAsync(TableNames.Rebalances, RowChange.Add(RowOf(rebalance, null)), stop)), true);
        }
        catch (StoreConflictException)
        {
            return (await FindAsync(rebalance.Id, stop) ?? throw new InvalidOperationException($"The rebalance {rebalance.Id} is there and cannot be read."), false);
        }
    }

    /// <exception cref="RebalanceTakenException">Another worker runs it too and was faster; nothing was written.</exception>
    public async Task<Stored<RebalanceDocument>> SaveAsync(RebalanceDocument next, string? etag, IReadOnlyList<RebalanceStep> steps, CancellationToken stop)
    {
        // The rows beside a step's first are as they were planned.
        return await SaveRowsAsync(next, etag, steps.Select(step => RowsOf(next.Id, step)[0]), stop);
    }

    private async Task<Stored<RebalanceDocument>> SaveRowsAsync(RebalanceDocument next, string? etag, IEnumerable<Row> steps, CancellationToken stop)
    {
        List<RowChange> changes = [RowChange.Replace(RowOf(next, etag)), .. steps.Select(RowChange.Upsert)];
        try
        {
            return new Stored<RebalanceDocument>(next, (await tables.CommitAsync(TableNames.Rebalances, changes, stop))[0]);
        }
        catch (StoreConflictException conflict)
        {
            throw new RebalanceTakenException(next.Id, conflict);
        }
    }

    /// <summary>Before the row says that it is moving. Each commit holds the row too, so that only whoever plans it writes steps; another plan is written over them.</summary>
    /// <exception cref="RebalanceTakenException">As by <see cref="SaveAsync"/>.</exception>
    public async Task<Stored<RebalanceDocument>> WriteAsync(Stored<RebalanceDocument> stored, IReadOnlyList<RebalanceStep> steps, Func<DateTimeOffset> now, CancellationToken stop)
    {
        foreach (var chunk in Chunks.Of(steps.SelectMany(step => RowsOf(stored.Value.Id, step)), MostRowsInACommit, row => row.Body.Length, MostCharactersInACommit))
            stored = await SaveRowsAsync(stored.Value with { TouchedAt = now() }, stored.ETag, chunk, stop);
        return stored;
    }

    /// <param name="from">Number of the first one.</param>
    public async IAsyncEnumerable<RebalanceStep> StepsAsync(string id, int from, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        var (step, left) = ((RebalanceStep?)null, 0);
        await foreach (var row in tables.RangeAsync(TableNames.Rebalances, id, KeyOf(from), TablesExtensions.EndOf(StepPrefix), stop))
        {
            var read = Wire.Read<RebalanceStep>(row);
            if (step is null || read.Number != step.Number)
            {
                if (step is not null) yield return step;
                (step, left) = (read, read.MoreRows);
            }
            else if (left-- > 0)
            {
                // Rows beyond those are left from a plan that was given up.
                step = step with { Groups = [.. step.Groups, .. read.Groups] };
            }
        }

        if (step is not null) yield return step;
    }

    private static Row RowOf(RebalanceDocument rebalance, string? etag) => new(rebalance.Id, DocumentKey, Wire.Write(rebalance), etag);

    /// <summary>The first tells of the step, the others hold the moves that it has no space for. One transaction's moves always fit in one.</summary>
    private static List<Row> RowsOf(string id, RebalanceStep step)
    {
        if (step.Area is not null || step.Moves.Count() <= MostMovesInARow) return [RowOf(KeyOf(step.Number), step)];
        // Over reserved room a group is not made at once: it may be cut.
        var moves = step.Moves.Chunk(MostMovesInARow).ToList();
        return [.. moves.Select((some, row) => row == 0
            ? RowOf(KeyOf(step.Number), step with { Groups = [some], MoreRows = moves.Count - 1 })
            : RowOf($"{KeyOf(step.Number)}|{row.ToString("D8", CultureInfo.InvariantCulture)}", new RebalanceStep(step.Number, null, [some])))];

        Row RowOf(string key, RebalanceStep part) => new(id, key, Wire.Write(part));
    }

    private static string KeyOf(int step) => StepPrefix + step.ToString("D8", CultureInfo.InvariantCulture);
}

/// <param name="Id">Of the rebalance that runs, or ran last.</param>
public sealed record RunningRebalance(string Id, DateTimeOffset At)
{
    public int V { get; init; } = 1;
}

/// <summary>Another worker goes on with this rebalance, or the answer to a write of its rows was lost: leave it, and look later how far it came.</summary>
internal sealed class RebalanceTakenException(string id, Exception conflict) : Exception($"Another worker goes on with the rebalance {id}.", conflict);
