using FundingFlow.Storage;

namespace FundingFlow.Ledger;

/// <summary>
/// The positions of one area as this process last saw them, with their ETags. A commit demands those ETags, so a stale
/// book can cost a second try but never a wrong balance. Use only while holding <see cref="Gate"/>.
/// </summary>
internal sealed class AreaBook(string area)
{
    private readonly Dictionary<PartRef, Stored<Position>> positions = [];

    public string Area { get; } = area;
    public SemaphoreSlim Gate { get; } = new(1, 1);
    public DateTimeOffset? LoadedAt { get; private set; }
    public IEnumerable<Position> Positions => positions.Values.Select(stored => stored.Value);

    public Stored<Position>? Find(PartRef need) => positions.GetValueOrDefault(need);

    public void Forget() => LoadedAt = null;

    public void Keep(Position position, string? etag) => positions[position.Ref] = new Stored<Position>(position, etag);

    public async Task LoadAsync(ITables tables, DateTimeOffset now, CancellationToken stop)
    {
        LoadedAt = null;
        positions.Clear();
        await foreach (var row in tables.PrefixAsync(TableNames.Ledger, Area, LedgerKeys.PositionPrefix, stop))
        {
            var stored = LedgerRows.Read<Position>(row);
            positions[stored.Value.Ref] = stored;
        }

        LoadedAt = now;
    }
}
