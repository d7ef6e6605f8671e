using FundingFlow.Matching;
using FundingFlow.Storage;

namespace FundingFlow.Ledger;

/// <summary>
/// The positions of one area as this process last saw them, with their ETags. A commit demands those ETags, so a stale
/// book can cost a second try but never a wrong balance. Use only while holding <see cref="Gate"/>.
/// </summary>
internal sealed class AreaBook(string area, PlacingPolicy policy)
{
    private readonly Dictionary<PartRef, string?> etags = [];
    private NeedTable? snapshot;
    private string? mark;
    private DateTimeOffset wholeAt;

    public SemaphoreSlim Gate { get; } = new(1, 1);
    public DateTimeOffset? LoadedAt { get; private set; }
    public NeedTable Needs { get; } = new(area, policy);

    /// <summary>A copy for many readers, outside the gate: the same one until a need changes.</summary>
    public NeedTable Snapshot() => snapshot ??= Needs.Copy();

    public Stored<Position>? Find(PartRef need) => Needs.Find(need) is { } position ? new Stored<Position>(position, etags[need]) : null;

    /// <summary>What is known is no longer to be trusted; only what was written since has to be read again.</summary>
    public void Forget() => LoadedAt = null;

    /// <summary>Nothing is known any more.</summary>
    public void ForgetAll() => (LoadedAt, mark) = (null, null);

    public void Keep(Position position, string? etag)
    {
        snapshot = null;
        Needs.Put(position);
        etags[position.Ref] = etag;
    }

    /// <summary>Reads one need again. False: the key is no need's that is known here, or its row is gone.</summary>
    public async Task<bool> TryRefreshAsync(ITables tables, string key, CancellationToken stop)
    {
        if (!key.StartsWith(LedgerKeys.PositionPrefix, StringComparison.Ordinal) || await tables.FindAsync(TableNames.Ledger, Needs.Area, key, stop) is not { } row) return false;
        Take(row);
        return true;
    }

    /// <summary>Reads what was written since the last time; all of it the first time, and again after <paramref name="wholeAfter"/>.</summary>
    public async Task LoadAsync(ITables tables, DateTimeOffset now, TimeSpan wholeAfter, CancellationToken stop)
    {
        LoadedAt = null;
        if (now - wholeAt > wholeAfter) mark = null;
        var written = await tables.WrittenAsync(TableNames.Ledger, Needs.Area, LedgerKeys.PositionPrefix, TablesExtensions.EndOf(LedgerKeys.PositionPrefix), mark, stop);
        if (mark is null)
        {
            snapshot = null;
            Needs.Clear();
            etags.Clear();
            wholeAt = now;
        }

        foreach (var row in written.Rows) Take(row);
        (mark, LoadedAt) = (written.Mark, now);
    }

    private void Take(Row row)
    {
        var (need, etag) = LedgerRows.Read<Position>(row);
        Keep(need, etag);
    }
}
