using System.Collections.Concurrent;
using FundingFlow.Matching;
using FundingFlow.Storage;

namespace FundingFlow.Ledger;

/// <summary>
/// The areas' books in this process, and the one way in which a transaction runs against them: fill a working set, commit it with
/// the ETags it was read under, and on a conflict read again and decide again. Safe for concurrent use; within one
/// process the transactions of an area run one after the other, so that they never conflict with each other.
/// </summary>
/// <param name="meter">Null where what is committed is only tried.</param>
internal sealed class AreaBooks(ITables tables, TimeProvider clock, LedgerOptions options, PlacingPolicy policy, AreaTouched touched, LedgerMeter? meter)
{
    /// <summary>Tries in which only the need that was refused is read again.</summary>
    private const int MostSingleReads = 5;

    private readonly ConcurrentDictionary<string, AreaBook> books = new(StringComparer.Ordinal);

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <param name="fill">Reads what it needs and moves units in the working set; called again from the start after a conflict. False: there is nothing (more) to do.</param>
    /// <returns>Whether something was committed.</returns>
    /// <exception cref="StoreConflictException">Others kept changing the same rows through all tries; nothing was written.</exception>
    public async Task<bool> CommitAsync(string area, string kind, string command, string by, Func<Attempt, Task<bool>> fill, CancellationToken stop)
    {
        var book = BookOf(area);
        var mayExist = false;
        for (var number = 1; ; number++)
        {
            await book.Gate.WaitAsync(stop);
            IReadOnlyList<RowChange> changes = [];
            try
            {
                var isFresh = book.LoadedAt is not { } loaded || clock.GetUtcNow() - loaded > options.PositionsMaxAge;
                if (isFresh) await book.LoadAsync(tables, clock.GetUtcNow(), options.PositionsWholeAfter, stop);
                var work = new AreaWork(area, kind, command, by, clock.GetUtcNow());
                if (!await fill(new Attempt(number, book, work, this, stop) { MayExist = mayExist, IsFresh = isFresh }) || work.IsEmpty) return false;
                await CommitAsync(book, work, changes = work.ToChanges(), stop);
                meter?.Committed(area, number);
                return true;
            }
            catch (StoreConflictException conflict) when (number < options.MostTries)
            {
                meter?.Conflicted(area);
                mayExist |= conflict.Kind == ConflictKind.AlreadyExists;
                // One need that others changed too is read again by itself; what is refused over and over is read whole.
                if (number > MostSingleReads) book.ForgetAll();
                else if (conflict.Index < 0 || conflict.Index >= changes.Count || !await book.TryRefreshAsync(tables, changes[conflict.Index].Row.Key, stop)) book.Forget();
            }
            catch
            {
                // What became of the commit is not known: never trust the ETags again.
                book.ForgetAll();
                throw;
            }
            finally
            {
                book.Gate.Release();
            }

            await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(5, 10 + (20 * number))), clock, stop);
        }
    }

    public async Task<IReadOnlyList<Position>> PositionsAsync(string area, bool fresh, CancellationToken stop) => [.. await NeedsAsync(area, fresh, stop)];

    /// <summary>For the same placing as in transactions.</summary>
    public IReadOnlyList<NeedTable> TablesOf(IEnumerable<Position> needs) => NeedTable.ByArea(needs, policy);

    /// <summary>A copy of an area's needs, which others look at too: not to be changed.</summary>
    /// <param name="fresh">What others wrote is read now; otherwise it may be as old as what placing goes by.</param>
    public async Task<NeedTable> NeedsAsync(string area, bool fresh, CancellationToken stop)
    {
        var book = BookOf(area);
        await book.Gate.WaitAsync(stop);
        try
        {
            if (fresh || book.LoadedAt is not { } loaded || clock.GetUtcNow() - loaded > options.PositionsMaxAge)
                await book.LoadAsync(tables, clock.GetUtcNow(), options.PositionsWholeAfter, stop);
            return book.Snapshot();
        }
        finally
        {
            book.Gate.Release();
        }
    }

    private AreaBook BookOf(string area) => books.GetOrAdd(area, static (name, policy) => new AreaBook(name, policy), policy);

    internal Task ReloadAsync(AreaBook book, CancellationToken stop) => book.LoadAsync(tables, clock.GetUtcNow(), options.PositionsWholeAfter, stop);

    internal async Task<IReadOnlyList<Allocation>> PartsAsync(string area, PartRef need, CancellationToken stop)
    {
        var parts = new List<Allocation>();
        await foreach (var row in tables.PrefixAsync(TableNames.Ledger, area, LedgerKeys.AllocationsOf(need.ProjectId, need.NeedId), stop))
            parts.Add(Wire.Read<Allocation>(row));
        return parts;
    }

    /// <summary>All parts that lie at a project's needs in an area.</summary>
    internal async Task<IReadOnlyList<Allocation>> PartsOfProjectAsync(string area, string projectId, CancellationToken stop)
    {
        var parts = new List<Allocation>();
        await foreach (var row in tables.PrefixAsync(TableNames.Ledger, area, LedgerKeys.AllocationsOf(projectId), stop))
            parts.Add(Wire.Read<Allocation>(row));
        return parts;
    }

    internal async Task<Stored<T>?> FindAsync<T>(string area, string key, CancellationToken stop)
        => await tables.FindAsync(TableNames.Ledger, area, key, stop) is { } row ? LedgerRows.Read<T>(row) : null;

    private async Task CommitAsync(AreaBook book, AreaWork work, IReadOnlyList<RowChange> changes, CancellationToken stop)
    {
        var etags = await tables.CommitAsync(TableNames.Ledger, changes, stop);
        var tags = changes.Zip(etags).ToDictionary(pair => pair.First.Row.Key, pair => pair.Second, StringComparer.Ordinal);
        foreach (var position in work.ChangedPositions) book.Keep(position, tags[LedgerKeys.Position(position.ProjectId, position.NeedId)]);
        foreach (var change in changes.Where(change => change.Row.Key.StartsWith(LedgerKeys.OutboxPrefix, StringComparison.Ordinal)))
            touched.Note(change.Row with { ETag = tags[change.Row.Key] });
    }
}
