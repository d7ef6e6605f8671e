using System.Runtime.CompilerServices;
using FundingFlow.Storage;

namespace FundingFlow.Tests.Simulation;

/// <summary>Tables whose answers come after whatever else is under way has had its turn, as often as it is asked.</summary>
/// <param name="turns">How many turns others get before the next answer.</param>
public sealed class YieldingTables(ITables inner, Func<int> turns) : ITables
{
    public async Task<Row?> FindAsync(string table, string partition, string key, CancellationToken stop)
    {
        await YieldAsync();
        var row = await inner.FindAsync(table, partition, key, stop);
        await YieldAsync();
        return row;
    }

    public async IAsyncEnumerable<Row> RangeAsync(string table, string partition, string from, string to, [EnumeratorCancellation] CancellationToken stop)
    {
        await YieldAsync();
        await foreach (var row in inner.RangeAsync(table, partition, from, to, stop)) yield return row;
        await YieldAsync();
    }

    public async Task<RowsWritten> WrittenAsync(string table, string partition, string from, string to, string? since, CancellationToken stop)
    {
        await YieldAsync();
        var written = await inner.WrittenAsync(table, partition, from, to, since, stop);
        await YieldAsync();
        return written;
    }

    public async Task<RowPage> PageAsync(string table, string? partition, int size, string? continuation, CancellationToken stop)
    {
        await YieldAsync();
        return await inner.PageAsync(table, partition, size, continuation, stop);
    }

    public async Task<IReadOnlyList<string?>> CommitAsync(string table, IReadOnlyList<RowChange> changes, CancellationToken stop)
    {
        await YieldAsync();
        var tags = await inner.CommitAsync(table, changes, stop);
        await YieldAsync();
        return tags;
    }

    private async Task YieldAsync()
    {
        for (var left = turns(); left > 0; left--) await Task.Yield();
    }
}
