using System.Runtime.CompilerServices;
using FundingFlow.Projects;
using FundingFlow.Storage;

namespace FundingFlow.Ledger;

internal sealed class LedgerReader(ITables tables) : ILedgerReader
{
    public Task<IReadOnlyList<Position>> PositionsAsync(string area, CancellationToken stop)
        => AllAsync<Position>(area, LedgerKeys.PositionPrefix, stop);

    public Task<IReadOnlyList<Position>> PositionsOfAsync(Project project, CancellationToken stop)
        => AllAsync<Position>(project, LedgerKeys.PositionsOf(project.Id), stop);

    public Task<IReadOnlyList<Allocation>> AllocationsOfAsync(Project project, CancellationToken stop)
        => AllAsync<Allocation>(project, LedgerKeys.AllocationsOf(project.Id), stop);

    public Task<Allocation?> AllocationAsync(string area, string pledgeId, string projectId, string needId, CancellationToken stop)
        => FindAsync<Allocation>(area, LedgerKeys.Allocation(projectId, needId, pledgeId), stop);

    public Task<Line?> LineAsync(string area, string pledgeId, CancellationToken stop)
        => FindAsync<Line>(area, LedgerKeys.Line(pledgeId), stop);

    public async IAsyncEnumerable<Line> LinesAsync(string area, [EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var row in tables.PrefixAsync(TableNames.Ledger, area, LedgerKeys.LinePrefix, stop))
            yield return Wire.Read<Line>(row);
    }

    public async IAsyncEnumerable<Line> StandingAsync(string area, [EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var row in tables.PrefixAsync(TableNames.Ledger, area, LedgerKeys.StandingPrefix, stop))
            if (await LineAsync(area, row.Key[LedgerKeys.StandingPrefix.Length..], stop) is { } line)
                yield return line;
    }

    public async Task<IReadOnlyList<JournalEntry>> HistoryAsync(string area, string pledgeId, CancellationToken stop)
        => [.. (await AllAsync<JournalEntry>(area, LedgerKeys.JournalOf(pledgeId), stop)).OrderBy(entry => entry.Sequence)];

    private async Task<T?> FindAsync<T>(string area, string key, CancellationToken stop) where T : class
        => await tables.FindAsync(TableNames.Ledger, area, key, stop) is { } row ? Wire.Read<T>(row) : null;

    private async Task<IReadOnlyList<T>> AllAsync<T>(Project project, string prefix, CancellationToken stop)
    {
        var all = new List<T>();
        foreach (var area in project.NeedAreas) all.AddRange(await AllAsync<T>(area, prefix, stop));
        return all;
    }

    private async Task<IReadOnlyList<T>> AllAsync<T>(string area, string prefix, CancellationToken stop)
    {
        var all = new List<T>();
        await foreach (var row in tables.PrefixAsync(TableNames.Ledger, area, prefix, stop)) all.Add(Wire.Read<T>(row));
        return all;
    }
}
