using FundingFlow.Storage;

namespace FundingFlow.Ledger;

/// <summary>
/// The rows that one transaction of one area reads and changes. Every movement of units goes through here, changes both
/// sides at once and leaves its posting (their names are in <see cref="Movements"/>); <see cref="ToChanges"/> is the entity-group transaction. Not safe for concurrent use.
/// </summary>
/// <param name="command">What causes the transaction. With a line it makes a journal key: a command repeated on a line is refused by the store.</param>
internal sealed class AreaWork(string area, string kind, string command, string by, DateTimeOffset at)
{
    private readonly Dictionary<PartRef, Stored<Position>> positions = [];
    private readonly Dictionary<string, Stored<Line>> lines = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Line?> linesBefore = new(StringComparer.Ordinal);
    private readonly Dictionary<(string PledgeId, PartRef Need), long> partsBefore = [];
    private readonly Dictionary<(string PledgeId, PartRef Need), Stored<Allocation>> parts = [];
    private readonly Dictionary<string, List<Posting>> postings = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> notes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> sharePercents = new(StringComparer.Ordinal);
    private readonly List<JournalEntry> statements = [];
    private readonly HashSet<PartRef> changedPositions = [];
    private readonly HashSet<(string, PartRef)> changedParts = [];
    private bool reopen;
    private readonly Dictionary<string, Stored<PartnerGuard>> guards = new(StringComparer.Ordinal);

    public string Area { get; } = area;
    public string Command { get; } = command;
    public DateTimeOffset At { get; } = at;
    public bool IsEmpty => postings.Count == 0 && statements.Count == 0 && changedPositions.Count == 0;

    public void Use(Stored<Position> position) => positions[position.Value.Ref] = position;

    public void Use(Stored<PartnerGuard> guard) => guards[guard.Value.PartnerId] = guard;

    /// <summary>What is placed of the line here is placed under a share cap of that percent.</summary>
    public void CapShare(string pledgeId, int percent) => sharePercents[pledgeId] = percent;

    /// <exception cref="ArgumentException">It is here already: taking it in again would undo what was changed.</exception>
    public void Use(Stored<Line> line)
    {
        lines.Add(line.Value.PledgeId, line);
        linesBefore.Add(line.Value.PledgeId, line.ETag is null ? null : line.Value);
    }

    /// <exception cref="ArgumentException">It is here already.</exception>
    public void Use(Stored<Allocation> part)
    {
        var key = (part.Value.PledgeId, new PartRef(part.Value.ProjectId, part.Value.NeedId));
        parts.Add(key, part);
        partsBefore.Add(key, part.ETag is null ? 0 : part.Value.Total.Minor);
    }

    public Line Line(string pledgeId) => lines[pledgeId].Value;

    public Line? FindLine(string pledgeId) => lines.GetValueOrDefault(pledgeId)?.Value;

    public Allocation? FindPart(string pledgeId, PartRef need) => parts.GetValueOrDefault((pledgeId, need))?.Value;

    /// <summary>Those that were taken in or opened.</summary>
    public IEnumerable<Allocation> Parts => parts.Values.Select(stored => stored.Value);

    public Allocation Part(string pledgeId, PartRef need) => parts[(pledgeId, need)].Value;

    public Position Position(PartRef need) => positions[need].Value;

    /// <summary>Those that were taken in.</summary>
    public IEnumerable<Position> Positions => positions.Values.Select(stored => stored.Value);

    public Position? Find(PartRef need) => positions.GetValueOrDefault(need)?.Value;

    /// <summary>A part to put units into; opened where the line has none at this need yet.</summary>
    public void OpenPart(string pledgeId, PartRef need)
    {
        if (parts.ContainsKey((pledgeId, need))) return;
        var (line, position) = (Line(pledgeId), Position(need));
        Use(new Stored<Allocation>(new Allocation(Area, pledgeId, line.Donor.PartnerId, need.ProjectId, need.NeedId, line.Unit, position.Unit,
            default, default, default, [], At)
        { Anonymous = line.Donor.Anonymous, Sector = line.Donor.Sector, Conditions = line.Conditions }, null));
    }

    /// <summary>
    /// Units of a line move at one need: out of an account and into another, on the line, its part and the need at once, with the
    /// posting. Nothing happens where <paramref name="amount"/> holds no units.
    /// </summary>
    public void Shift(string pledgeId, PartRef need, Account from, Account to, Placed amount)
    {
        if (amount.Minor == 0) return;
        var minus = default(Placed) - amount;
        Change(pledgeId, need, part => Moved(part, from, minus, to, amount));
        Change(need, position => Moved(position, from, minus, to, amount));
        Change(pledgeId, line => Moved(line, from, minus, to, amount));
        Post(pledgeId, Leg(from, need, minus), Leg(to, need, amount));
        if (from.IsOfPart && !to.IsOfPart) reopen = true;
    }

    /// <summary>Units of a line move between accounts of its own.</summary>
    public void Shift(string pledgeId, Account from, Account to, long minor)
    {
        if (minor == 0) return;
        Change(pledgeId, line => line.Add(from, -minor).Add(to, minor));
        Post(pledgeId, new Posting(from, -minor), new Posting(to, minor));
    }

    /// <summary>A fact about a line that moves no units; journaled all the same.</summary>
    public void Adjust(string pledgeId, Func<Line, Line> change)
    {
        Change(pledgeId, change);
        Post(pledgeId);
    }

    /// <summary>A fact about a part that moves no units; journaled all the same.</summary>
    public void Adjust(string pledgeId, PartRef need, Func<Allocation, Allocation> change)
    {
        Change(pledgeId, need, change);
        Post(pledgeId);
    }

    /// <summary>As <see cref="Adjust(string, PartRef, Func{Allocation, Allocation})"/>, and the journal names the need.</summary>
    public void Note(string pledgeId, PartRef need, Func<Allocation, Allocation> change)
    {
        Change(pledgeId, need, change);
        Post(pledgeId, new Posting(Account.Proposed, 0, need.ProjectId, need.NeedId));
    }

    /// <summary>Notes the version of the pledge that is applied here, and why what is unallocated stands.</summary>
    public void Mark(string pledgeId, int? version = null, string? standing = null, string? note = null)
    {
        Change(pledgeId, line => line with { Version = version ?? line.Version, Standing = standing });
        Post(pledgeId);
        if (note is not null) notes[pledgeId] = note;
    }

    /// <summary>A need as its project states it now; balances stay. <paramref name="stored"/> is null for a new need.</summary>
    public void State(Stored<Position>? stored, Position stated)
    {
        Use(new Stored<Position>(stated, stored?.ETag));
        changedPositions.Add(stated.Ref);
        statements.Add(new JournalEntry(kind, Command, At, by, null, stated.Statement, [new Posting(Account.Pledged, 0, stated.ProjectId, stated.NeedId)])
        {
            RequiredBefore = stored?.Value.Required,
            RequiredAfter = stated.Required,
            TermsBefore = stored is null ? null : NeedTerms.Of(stored.Value),
            Terms = NeedTerms.Of(stated),
        });
        // Where it is, and when it runs, decides who may go there as much as its room does.
        if (stored is null || stated.Required > stored.Value.Required || (!stated.Closed && NeedTerms.Of(stored.Value) != NeedTerms.Of(stated))) reopen = true;
    }

    /// <summary>A fact about a need that moves no units, such as its urgency.</summary>
    public void Adjust(PartRef need, Func<Position, Position> change) => Change(need, change);

    /// <exception cref="InvalidOperationException">A line's postings do not sum to zero, or a balance is negative: a bug, nothing is written.</exception>
    public IReadOnlyList<RowChange> ToChanges()
    {
        // What others change most comes first: who was too late is refused before the rest is looked at.
        List<RowChange> changes = [.. changedPositions.Select(need => Change(LedgerRows.Of(positions[need].Value, positions[need].ETag)))];
        foreach (var (pledgeId, legs) in postings)
        {
            var (line, etag) = (Line(pledgeId), lines[pledgeId].ETag);
            if (legs.Sum(leg => leg.Minor) != 0 || line.Unallocated < 0 || Drift(pledgeId) != 0)
                throw new InvalidOperationException($"{kind} of {pledgeId} in {Area} does not balance.");
            line = line with { Sequence = line.Sequence + 1, Standing = line.Unallocated > 0 ? line.Standing : null };
            changes.Add(Change(LedgerRows.Of(line, etag)));
            changes.Add(RowChange.Add(LedgerRows.Of(Area, pledgeId, new JournalEntry(kind, Command, At, by, pledgeId, line.Sequence,
                legs, notes.GetValueOrDefault(pledgeId))
            { SharePercent = sharePercents.TryGetValue(pledgeId, out var percent) ? percent : null })));
            if (Standing(pledgeId, line) is { } standing) changes.Add(standing);
        }

        foreach (var key in changedParts)
        {
            var (part, etag) = parts[key];
            if (part.IsNegative)
                throw new InvalidOperationException($"{kind} would make {part.Id} negative.");
            var row = LedgerRows.Of(part, etag);
            if (part.Total.Minor > 0) changes.Add(Change(row));
            else if (etag is not null) changes.Add(RowChange.Delete(row));
        }

        changes.AddRange(statements.Select(entry => RowChange.Add(LedgerRows.Of(Area, $"{entry.Postings[0].ProjectId}~{entry.Postings[0].NeedId}", entry))));
        foreach (var partner in sharePercents.Keys.Select(pledgeId => Line(pledgeId).Donor.PartnerId).Distinct())
            if (guards.TryGetValue(partner, out var held)) changes.Add(Change(LedgerRows.Of(Area, held.Value with { Placements = held.Value.Placements + 1 }, held.ETag)));
        if (changedPositions.Count > 0 || reopen)
            changes.Add(RowChange.Upsert(new Row(Area, $"{LedgerKeys.OutboxPrefix}{OutboxSubject()}|{Command}", Wire.Write(new OutboxEntry(1, [.. changedPositions], reopen)))));
        return changes;
    }

    /// <summary>The positions as committed, in the order of <see cref="ToChanges"/>'s rows.</summary>
    public IEnumerable<Position> ChangedPositions => changedPositions.Select(Position);

    /// <summary>Units that the changed rows, taken by themselves, would create; 0 when what leaves one account enters another.</summary>
    private long Drift(string pledgeId)
    {
        static long Elsewhere(Line? line) => line is null ? 0
            : line.Unallocated + line.Withdrawn + line.WrittenOff + line.MovedOut - line.Amount - line.MovedIn;
        var placed = parts.Where(part => part.Key.PledgeId == pledgeId).Sum(part => part.Value.Value.Total.Minor - partsBefore[part.Key]);
        return Elsewhere(Line(pledgeId)) - Elsewhere(linesBefore[pledgeId]) + placed;
    }

    private string OutboxSubject() => postings.Keys.FirstOrDefault() ?? $"{changedPositions.First().ProjectId}~{changedPositions.First().NeedId}";

    private RowChange? Standing(string pledgeId, Line line)
    {
        var row = new Row(Area, LedgerKeys.Standing(pledgeId), "{}");
        return (linesBefore[pledgeId]?.IsStanding ?? false, line.IsStanding) switch
        {
            (false, true) => RowChange.Upsert(row),
            (true, false) => RowChange.Delete(row),
            _ => null,
        };
    }

    private static RowChange Change(Row row) => row.ETag is null ? RowChange.Add(row) : RowChange.Replace(row);

    private static Allocation Moved(Allocation part, Account from, Placed minus, Account to, Placed plus)
    {
        if (from.IsOfPart) part = part.Add(from, minus);
        return to.IsOfPart ? part.Add(to, plus) : part;
    }

    private static Position Moved(Position position, Account from, Placed minus, Account to, Placed plus)
    {
        if (from.IsOfPart) position = position.Add(from, minus.Value);
        return to.IsOfPart ? position.Add(to, plus.Value) : position;
    }

    private static Line Moved(Line line, Account from, Placed minus, Account to, Placed plus)
    {
        if (!from.IsOfPart) line = line.Add(from, minus.Minor);
        return to.IsOfPart ? line : line.Add(to, plus.Minor);
    }

    private static Posting Leg(Account account, PartRef need, Placed amount) => account.IsOfPart
        ? new Posting(account, amount.Minor, need.ProjectId, need.NeedId, amount.Value)
        : new Posting(account, amount.Minor);

    private void Post(string pledgeId, params Posting[] legs)
    {
        if (!postings.TryGetValue(pledgeId, out var list)) postings[pledgeId] = list = [];
        list.AddRange(legs);
    }

    private void Change(string pledgeId, Func<Line, Line> change)
        => lines[pledgeId] = lines[pledgeId] with { Value = change(lines[pledgeId].Value) };

    private void Change(string pledgeId, PartRef need, Func<Allocation, Allocation> change)
    {
        var stored = parts[(pledgeId, need)];
        var changed = change(stored.Value);
        parts[(pledgeId, need)] = stored with { Value = changed };
        changedParts.Add((pledgeId, need));
        if (changed.Total.Minor == 0)
            Change(pledgeId, line => line with { Parts = [.. line.Parts.Where(other => other != need)] });
        else if (!Line(pledgeId).Parts.Contains(need))
            Change(pledgeId, line => line with { Parts = [.. line.Parts, need] });
    }

    private void Change(PartRef need, Func<Position, Position> change)
    {
        var stored = positions[need];
        positions[need] = stored with { Value = change(stored.Value) };
        changedPositions.Add(need);
    }
}
