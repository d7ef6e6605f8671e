using FundingFlow.Money;
using FundingFlow.Storage;

namespace FundingFlow.Ledger;

/// <summary>
/// The positions of one area as this process last saw them, with their ETags. A commit demands those ETags, so a stale
/// book can cost a second try but never a wrong balance. Use only while holding <see cref="Gate"/>.
/// </summary>
internal sealed class AreaBook(string area)
{
    private readonly OrderedDictionary<PartRef, Position> positions = [];
    private readonly Dictionary<PartRef, string?> etags = [];
    private readonly HashSet<string> texts = new(StringComparer.Ordinal);
    private readonly HashSet<Unit> units = [];
    private string? mark;
    private DateTimeOffset wholeAt;

    public string Area { get; } = area;
    public SemaphoreSlim Gate { get; } = new(1, 1);
    public DateTimeOffset? LoadedAt { get; private set; }
    public IReadOnlyCollection<Position> Positions => positions.Values;

    /// <summary>A copy in which others take the places of those that they are later states of; the positions themselves where there are no others.</summary>
    public IReadOnlyCollection<Position> PositionsWith(IReadOnlyCollection<Position> others)
    {
        if (others.Count == 0) return Positions;
        List<Position> all = [.. Positions];
        foreach (var other in others)
            if (positions.IndexOf(other.Ref) is >= 0 and var at) all[at] = other;
        return all;
    }

    public Stored<Position>? Find(PartRef need) => positions.TryGetValue(need, out var position) ? new Stored<Position>(position, etags[need]) : null;

    /// <summary>What is known is no longer to be trusted; only what was written since has to be read again.</summary>
    public void Forget() => LoadedAt = null;

    /// <summary>Nothing is known any more.</summary>
    public void ForgetAll() => (LoadedAt, mark) = (null, null);

    public void Keep(Position position, string? etag) => (positions[position.Ref], etags[position.Ref]) = (position, etag);

    /// <summary>Reads one need again. False: the key is no need's that is known here, or its row is gone.</summary>
    public async Task<bool> TryRefreshAsync(ITables tables, string key, CancellationToken stop)
    {
        if (!key.StartsWith(LedgerKeys.PositionPrefix, StringComparison.Ordinal) || await tables.FindAsync(TableNames.Ledger, Area, key, stop) is not { } row) return false;
        Take(row);
        return true;
    }

    /// <summary>Reads what was written since the last time; all of it the first time, and again after <paramref name="wholeAfter"/>.</summary>
    public async Task LoadAsync(ITables tables, DateTimeOffset now, TimeSpan wholeAfter, CancellationToken stop)
    {
        LoadedAt = null;
        if (now - wholeAt > wholeAfter) mark = null;
        var written = await tables.WrittenAsync(TableNames.Ledger, Area, LedgerKeys.PositionPrefix, TablesExtensions.EndOf(LedgerKeys.PositionPrefix), mark, stop);
        if (mark is null)
        {
            positions.Clear();
            etags.Clear();
            texts.Clear();
            units.Clear();
            wholeAt = now;
        }

        foreach (var row in written.Rows) Take(row);
        (mark, LoadedAt) = (written.Mark, now);
    }

    /// <summary>What many needs have in common is held once: placing looks at all of them, and is bound by the memory that it touches.</summary>
    private void Take(Row row)
    {
        var (need, etag) = LedgerRows.Read<Position>(row);
        Keep(need with { Area = Area, City = Shared(texts, need.City), Country = Shared(texts, need.Country), Unit = Shared(units, need.Unit) }, etag);
    }

    private static T Shared<T>(HashSet<T> known, T value)
    {
        if (known.TryGetValue(value, out var same)) return same;
        known.Add(value);
        return value;
    }
}
