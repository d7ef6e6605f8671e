using FundingFlow.Storage;

namespace FundingFlow.Ledger;

/// <summary>
/// The rows that one transaction of one area reads and changes. Every movement of units goes through here, changes both
/// sides at once and leaves its posting; <see cref="ToChanges"/> is the entity-group transaction. Not safe for concurrent use.
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
    private readonly List<JournalEntry> statements = [];
    private readonly HashSet<PartRef> changedPositions = [];
    private readonly HashSet<(string, PartRef)> changedParts = [];
    private bool reopen;

    public string Area { get; } = area;
    public string Command { get; } = command;
    public DateTimeOffset At { get; } = at;
    public bool IsEmpty => postings.Count == 0 && statements.Count == 0 && changedPositions.Count == 0;

    public void Use(Stored<Position> position) => positions[position.Value.Ref] = position;

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

    public Allocation Part(string pledgeId, PartRef need) => parts[(pledgeId, need)].Value;

    public Position Position(PartRef need) => positions[need].Value;

    public Position? Find(PartRef need) => positions.GetValueOrDefault(need)?.Value;

    /// <summary>
    /// A new line, all of it unallocated (or all of it withdrawn, when the withdrawal came first). Where units from another area
    /// arrived before it was opened, it is opened into that line.
    /// </summary>
    public void Open(Line line, bool withdrawn)
    {
        if (lines.ContainsKey(line.PledgeId))
            Change(line.PledgeId, present => present with
            {
                Amount = present.Amount + line.Amount,
                Unallocated = present.Unallocated + (withdrawn ? 0 : line.Amount),
                Withdrawn = present.Withdrawn + (withdrawn ? line.Amount : 0),
                Version = line.Version,
                Status = line.Status,
            });
        else Use(new Stored<Line>(withdrawn ? line with { Unallocated = 0, Withdrawn = line.Amount } : line with { Unallocated = line.Amount }, null));
        Post(line.PledgeId, new Posting(Account.Pledged, -line.Amount), new Posting(withdrawn ? Account.Withdrawn : Account.Unallocated, line.Amount));
    }

    /// <summary>The pledge grew: the increase stands unallocated.</summary>
    public void Increase(string pledgeId, long minor)
    {
        Change(pledgeId, line => line with { Amount = line.Amount + minor, Unallocated = line.Unallocated + minor });
        Post(pledgeId, new Posting(Account.Pledged, -minor), new Posting(Account.Unallocated, minor));
    }

    /// <summary>Leaves for another area, which takes it in under <paramref name="sending"/>'s id.</summary>
    public void Send(string pledgeId, Sending sending)
    {
        Change(pledgeId, line => line with
        {
            Unallocated = line.Unallocated - sending.Minor,
            MovedOut = line.MovedOut + sending.Minor,
            Sendings = [.. line.Sendings, sending],
        });
        Post(pledgeId, new Posting(Account.Unallocated, -sending.Minor), new Posting(Account.MovedOut, sending.Minor));
    }

    /// <summary>Notes that the other area has taken it in; moves nothing.</summary>
    public void MarkArrived(string pledgeId, string sendingId)
    {
        Change(pledgeId, line => line with { Sendings = [.. line.Sendings.Select(s => s.Id == sendingId ? s with { Done = true } : s)] });
        Post(pledgeId);
    }

    /// <summary>Arrives from the pledge's line in <c>any</c>; <paramref name="empty"/> is the line to open when there is none here yet.</summary>
    public void TakeIn(Line empty, long minor)
    {
        if (!lines.ContainsKey(empty.PledgeId)) Use(new Stored<Line>(empty, null));
        Change(empty.PledgeId, line => line with { MovedIn = line.MovedIn + minor, Unallocated = line.Unallocated + minor });
        Post(empty.PledgeId, new Posting(Account.MovedIn, -minor), new Posting(Account.Unallocated, minor));
    }

    public void Propose(string pledgeId, PartRef need, Placed amount, IReadOnlyList<Reason> reasons)
    {
        var line = Line(pledgeId);
        var position = Position(need);
        if (!parts.ContainsKey((pledgeId, need)))
            Use(new Stored<Allocation>(new Allocation(Area, pledgeId, line.Donor.PartnerId, need.ProjectId, need.NeedId, line.Unit, position.Unit,
                default, default, default, reasons, At)
            { Anonymous = line.Donor.Anonymous }, null));
        Change(pledgeId, l => l with
        {
            Unallocated = l.Unallocated - amount.Minor,
            Parts = l.Parts.Contains(need) ? l.Parts : [.. l.Parts, need],
        });
        Change(pledgeId, need, part => part with { Proposed = part.Proposed + amount, Reasons = reasons });
        Change(need, p => p with
        {
            Proposed = p.Proposed + amount.Value,
            Sectors = p.Sectors.Contains(line.Donor.Sector) ? p.Sectors : [.. p.Sectors.Append(line.Donor.Sector).Order()],
        });
        Post(pledgeId, new Posting(Account.Unallocated, -amount.Minor), Leg(Account.Proposed, need, amount));
    }

    /// <summary>Back from proposed to unallocated; the need has room again.</summary>
    public void Release(string pledgeId, PartRef need, Placed amount)
    {
        Change(pledgeId, need, part => part with { Proposed = part.Proposed - amount });
        Change(need, p => p with { Proposed = p.Proposed - amount.Value });
        Change(pledgeId, line => line with { Unallocated = line.Unallocated + amount.Minor });
        Post(pledgeId, Leg(Account.Proposed, need, Minus(amount)), new Posting(Account.Unallocated, amount.Minor));
        reopen = true;
    }

    public void Confirm(string pledgeId, PartRef need)
    {
        var amount = Part(pledgeId, need).Proposed;
        Change(pledgeId, need, part => part with { Proposed = default, Committed = part.Committed + amount });
        Change(need, p => p with { Proposed = p.Proposed - amount.Value, Committed = p.Committed + amount.Value });
        Post(pledgeId, Leg(Account.Proposed, need, Minus(amount)), Leg(Account.Committed, need, amount));
    }

    /// <summary><paramref name="minor"/> of what is committed has arrived.</summary>
    public void Receive(string pledgeId, PartRef need, long minor)
    {
        var amount = Part(pledgeId, need).Committed.Part(minor);
        Change(pledgeId, need, part => part with { Committed = part.Committed - amount, Received = part.Received + amount });
        Change(need, p => p with { Committed = p.Committed - amount.Value, Received = p.Received + amount.Value });
        Post(pledgeId, Leg(Account.Committed, need, Minus(amount)), Leg(Account.Received, need, amount));
    }

    /// <summary>Takes back what was proposed and committed at one need; what was received stays.</summary>
    public void WithdrawPart(string pledgeId, PartRef need)
    {
        var (proposed, committed) = (Part(pledgeId, need).Proposed, Part(pledgeId, need).Committed);
        if (proposed.Minor + committed.Minor == 0) return;
        Change(pledgeId, need, part => part with { Proposed = default, Committed = default });
        Change(need, p => p with { Proposed = p.Proposed - proposed.Value, Committed = p.Committed - committed.Value });
        Change(pledgeId, line => line with { Withdrawn = line.Withdrawn + proposed.Minor + committed.Minor });
        Post(pledgeId, [
            .. proposed.Minor > 0 ? [Leg(Account.Proposed, need, Minus(proposed))] : Array.Empty<Posting>(),
            .. committed.Minor > 0 ? [Leg(Account.Committed, need, Minus(committed))] : Array.Empty<Posting>(),
            new Posting(Account.Withdrawn, proposed.Minor + committed.Minor),
        ]);
        reopen = true;
    }

    public void WithdrawUnallocated(string pledgeId)
    {
        var minor = Line(pledgeId).Unallocated;
        Change(pledgeId, line => line with { Unallocated = 0, Withdrawn = line.Withdrawn + minor });
        Post(pledgeId, new Posting(Account.Unallocated, -minor), new Posting(Account.Withdrawn, minor));
    }

    public void Acknowledge(string pledgeId, PartRef need)
    {
        Change(pledgeId, need, part => part with { AcknowledgedAt = At });
        Post(pledgeId);
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
        if (stored is null || stated.Required > stored.Value.Required) reopen = true;
    }

    /// <summary>Fixes the rate of a line that came when none was known.</summary>
    public void Quote(string pledgeId, Money.ExchangeRate rate)
    {
        Change(pledgeId, line => line with { Rate = rate });
        Post(pledgeId);
    }

    /// <summary>A fact about a need that moves no units, such as its urgency.</summary>
    public void Adjust(PartRef need, Func<Position, Position> change) => Change(need, change);

    /// <exception cref="InvalidOperationException">A line's postings do not sum to zero, or a balance is negative: a bug, nothing is written.</exception>
    public IReadOnlyList<RowChange> ToChanges()
    {
        var changes = new List<RowChange>();
        foreach (var (pledgeId, legs) in postings)
        {
            var (line, etag) = (Line(pledgeId), lines[pledgeId].ETag);
            if (legs.Sum(leg => leg.Minor) != 0 || line.Unallocated < 0 || Drift(pledgeId) != 0)
                throw new InvalidOperationException($"{kind} of {pledgeId} in {Area} does not balance.");
            line = line with { Sequence = line.Sequence + 1, Standing = line.Unallocated > 0 ? line.Standing : null };
            changes.Add(Change(LedgerRows.Of(line, etag)));
            changes.Add(RowChange.Add(LedgerRows.Of(Area, pledgeId, new JournalEntry(kind, Command, At, by, pledgeId, line.Sequence,
                legs, notes.GetValueOrDefault(pledgeId)))));
            if (Standing(pledgeId, line) is { } standing) changes.Add(standing);
        }

        foreach (var key in changedParts)
        {
            var (part, etag) = parts[key];
            if (Math.Min(part.Proposed.Minor, Math.Min(part.Committed.Minor, part.Received.Minor)) < 0)
                throw new InvalidOperationException($"{kind} would make {part.Id} negative.");
            var row = LedgerRows.Of(part, etag);
            if (part.Total.Minor > 0) changes.Add(Change(row));
            else if (etag is not null) changes.Add(RowChange.Delete(row));
        }

        changes.AddRange(changedPositions.Select(need => Change(LedgerRows.Of(positions[need].Value, positions[need].ETag))));
        changes.AddRange(statements.Select(entry => RowChange.Add(LedgerRows.Of(Area, $"{entry.Postings[0].ProjectId}~{entry.Postings[0].NeedId}", entry))));
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

    private static Posting Leg(Account account, PartRef need, Placed amount) => new(account, amount.Minor, need.ProjectId, need.NeedId, amount.Value);

    private static Placed Minus(Placed amount) => default(Placed) - amount;

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
