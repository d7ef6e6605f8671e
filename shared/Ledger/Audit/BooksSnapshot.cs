using FundingFlow.Storage;

namespace FundingFlow.Ledger.Audit;

/// <summary>A value with the key of the row that it was read from.</summary>
internal sealed record Keyed<T>(string Key, T Value);

/// <summary>What one partition of the Ledger held at one moment.</summary>
/// <param name="Untold">Projects at which something changed that the others have not been told of yet.</param>
internal sealed record AreaRows(
    string Area, IReadOnlyList<Keyed<JournalEntry>> Journal, IReadOnlyList<Keyed<Line>> Lines, IReadOnlyList<Keyed<Allocation>> Parts,
    IReadOnlyList<Keyed<Position>> Needs, IReadOnlySet<string> Standing, IReadOnlySet<string> Untold)
{
    private readonly Dictionary<string, Line> lines = Index(Lines, line => line.PledgeId);

    public Line? FindLine(string pledgeId) => lines.GetValueOrDefault(pledgeId);

    private static Dictionary<string, Line> Index(IReadOnlyList<Keyed<Line>> rows, Func<Line, string> key)
    {
        var index = new Dictionary<string, Line>(StringComparer.Ordinal);
        foreach (var row in rows) index[key(row.Value)] = row.Value;
        return index;
    }
}

/// <summary>
/// Reads the books to a fixed point: the journals, then the rows, then the journals again, until no area has a new entry. As
/// every change of a balance appends an entry, all that was read then held at one moment, the start of the last round.
/// </summary>
internal sealed class SnapshotReader(ITables tables, TimeProvider clock)
{
    private const int MostRounds = 12;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Null: something new came in every round.</summary>
    public async Task<IReadOnlyList<AreaRows>?> ReadAsync(IReadOnlyList<string> areas, CancellationToken stop)
    {
        var read = new Dictionary<string, AreaRows>(StringComparer.Ordinal);
        for (var round = 1; round <= MostRounds; round++)
        {
            var isSettled = true;
            foreach (var area in areas)
            {
                var journal = await RowsAsync<JournalEntry>(area, "journal|", stop);
                if (read.TryGetValue(area, out var before) && before.Journal.Count == journal.Count) continue;
                isSettled = false;
                read[area] = await ReadAsync(area, journal, stop);
            }

            if (isSettled) return [.. areas.Select(area => read[area])];
            if (round > 1) await Task.Delay(Pause * round, clock, stop);
        }

        return null;
    }

    private async Task<AreaRows> ReadAsync(string area, IReadOnlyList<Keyed<JournalEntry>> journal, CancellationToken stop)
    {
        var standing = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var row in tables.PrefixAsync(TableNames.Ledger, area, "standing|", stop)) standing.Add(row.Key["standing|".Length..]);
        var untold = (await RowsAsync<OutboxEntry>(area, "outbox|", stop)).SelectMany(row => row.Value.Needs).Select(need => need.ProjectId);
        return new AreaRows(area, journal, await RowsAsync<Line>(area, "line|", stop), await RowsAsync<Allocation>(area, "part|", stop),
            await RowsAsync<Position>(area, "need|", stop), standing, untold.ToHashSet(StringComparer.Ordinal));
    }

    private async Task<IReadOnlyList<Keyed<T>>> RowsAsync<T>(string area, string prefix, CancellationToken stop)
    {
        var rows = new List<Keyed<T>>();
        await foreach (var row in tables.PrefixAsync(TableNames.Ledger, area, prefix, stop)) rows.Add(new Keyed<T>(row.Key, Wire.Read<T>(row)));
        return rows;
    }
}
