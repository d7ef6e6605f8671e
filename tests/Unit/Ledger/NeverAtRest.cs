using System.Runtime.CompilerServices;
using FundingFlow.Projects;
using FundingFlow.Storage;

namespace FundingFlow.Tests.Unit.Ledger;

/// <summary>Something is journaled before each look at the journal of an area.</summary>
internal sealed class NeverAtRest(ITables inner, Func<int, Task> before) : ITables
{
    private int looks;

    public Task<Row?> FindAsync(string table, string partition, string key, CancellationToken stop) => inner.FindAsync(table, partition, key, stop);

    public async IAsyncEnumerable<Row> RangeAsync(
        string table, string partition, string from, string to, [EnumeratorCancellation] CancellationToken stop)
    {
        if (from == "journal|" && partition == Areas.Youth) await before(++looks);
        await foreach (var row in inner.RangeAsync(table, partition, from, to, stop)) yield return row;
    }

    public Task<RowsWritten> WrittenAsync(string table, string partition, string from, string to, string? since, CancellationToken stop)
        => inner.WrittenAsync(table, partition, from, to, since, stop);

    public Task<RowPage> PageAsync(string table, string? partition, int size, string? continuation, CancellationToken stop)
        => inner.PageAsync(table, partition, size, continuation, stop);

    public Task<IReadOnlyList<string?>> CommitAsync(string table, IReadOnlyList<RowChange> changes, CancellationToken stop) => inner.CommitAsync(table, changes, stop);
}
