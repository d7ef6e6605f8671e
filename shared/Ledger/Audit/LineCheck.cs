namespace FundingFlow.Ledger.Audit;

/// <summary>The lines, parts and index rows of one area against what the journal gives.</summary>
internal sealed class LineCheck(AreaRows rows, Findings findings)
{
    private readonly Dictionary<(string PledgeId, PartRef Need), Allocation> parts = [];

    public IReadOnlyList<LineReplay> Run()
    {
        var entries = rows.Journal.Where(row => row.Value.PledgeId is not null)
            .GroupBy(row => row.Value.PledgeId!, row => row.Value, StringComparer.Ordinal)
            .ToDictionary(line => line.Key, line => line.ToList(), StringComparer.Ordinal);
        CheckKeys();
        foreach (var part in rows.Parts) parts[(part.Value.PledgeId, new PartRef(part.Value.ProjectId, part.Value.NeedId))] = part.Value;
        var replays = new List<LineReplay>();
        foreach (var pledgeId in entries.Keys.Union(rows.Lines.Select(line => line.Value.PledgeId)).Order(StringComparer.Ordinal))
        {
            var replay = LineReplay.Of(rows.Area, pledgeId, entries.GetValueOrDefault(pledgeId) ?? [], findings);
            replays.Add(replay);
            if (rows.FindLine(pledgeId) is { } line) Compare(line, replay);
            else findings.Add($"line of {pledgeId} in {rows.Area}", $"it has {replay.Entries.Count} journal entries and no row.");
        }

        foreach (var part in parts.Where(part => rows.FindLine(part.Key.PledgeId) is null))
            findings.Add(NameOf(part.Key.PledgeId, part.Key.Need), "it belongs to a line that is not there.");
        foreach (var pledgeId in rows.Standing.Where(id => rows.FindLine(id) is null).Order(StringComparer.Ordinal))
            findings.Add($"standing row of {pledgeId} in {rows.Area}", "it points to a line that is not there.");
        return replays;
    }

    private void CheckKeys()
    {
        foreach (var (key, entry) in rows.Journal)
        {
            var subject = entry.PledgeId ?? (entry.Postings is [{ } only, ..] ? $"{only.ProjectId}~{only.NeedId}" : "");
            if (key != $"journal|{subject}|{entry.Command}")
                findings.Add($"row {key} in {rows.Area}", $"it holds the entry '{entry.Command}' of {subject}: a copy, or moved.");
        }

        foreach (var (key, line) in rows.Lines)
            if (key != $"line|{line.PledgeId}" || line.Area != rows.Area) findings.Add($"row {key} in {rows.Area}", $"it holds the line of {line.PledgeId} in {line.Area}.");
        foreach (var (key, part) in rows.Parts)
            if (key != $"part|{part.ProjectId}|{part.NeedId}|{part.PledgeId}" || part.Area != rows.Area)
                findings.Add($"row {key} in {rows.Area}", $"it holds the part of {part.PledgeId} at {part.ProjectId}/{part.NeedId} in {part.Area}.");
    }

    private void Compare(Line line, LineReplay replay)
    {
        var row = $"line of {line.PledgeId} in {rows.Area}";
        findings.Compare(row, "sequence", replay.Entries.Count, line.Sequence);
        findings.Compare(row, "amount", replay[Account.Pledged], line.Amount);
        findings.Compare(row, "unallocated", replay[Account.Unallocated], line.Unallocated);
        findings.Compare(row, "moved out", replay[Account.MovedOut], line.MovedOut);
        findings.Compare(row, "moved in", replay[Account.MovedIn], line.MovedIn);
        findings.Compare(row, "withdrawn", replay[Account.Withdrawn], line.Withdrawn);
        findings.Compare(row, "written off", replay[Account.WrittenOff], line.WrittenOff);
        var needs = replay.Needs.ToHashSet();
        foreach (var need in needs.Union(line.Parts).OrderBy(need => need.ProjectId, StringComparer.Ordinal).ThenBy(need => need.NeedId, StringComparer.Ordinal))
            Compare(line, replay, need);
        if (line.Parts.Count != needs.Count || !needs.SetEquals(line.Parts))
            findings.Add(row, $"its list of parts is [{Names(line.Parts)}], expected [{Names(needs)}].");
        foreach (var part in parts.Keys.Where(part => part.PledgeId == line.PledgeId && !needs.Contains(part.Need)))
            findings.Add(NameOf(part.PledgeId, part.Need), "the journal places nothing there.");
        foreach (var need in line.Declined) CheckDeclined(replay, need);
        var stands = replay[Account.Unallocated] > 0 || line.Sendings.Any(sending => !sending.Done);
        if (stands != rows.Standing.Contains(line.PledgeId))
            findings.Add($"standing row of {line.PledgeId} in {rows.Area}", stands ? "it is missing: the line would never be tried again." : "the line does not stand.");
    }

    /// <summary>After a need declined what this line had there, it gets nothing from it again. What another one declined may have been committed here on the way, or have made room here for a pledge that chose its project: the last such entry is the one.</summary>
    private void CheckDeclined(LineReplay replay, PartRef need)
    {
        var declined = replay.Entries.LastOrDefault(entry => entry.Kind == "declined" && entry.Postings.Where(IsAt).Sum(posting => posting.Minor) < 0);
        foreach (var again in replay.Entries.Where(entry => declined is not null && entry.Sequence >= declined.Sequence
                     && entry.Postings.Any(posting => posting is { Account: Account.Proposed, Minor: > 0 } && IsAt(posting))))
            findings.Add(NameOf(replay.PledgeId, need), $"it was declined under '{declined!.Command}', and '{again.Command}' proposes something there again.");

        bool IsAt(Posting posting) => posting.ProjectId == need.ProjectId && posting.NeedId == need.NeedId;
    }

    private void Compare(Line line, LineReplay replay, PartRef need)
    {
        var row = NameOf(line.PledgeId, need);
        if (!parts.TryGetValue((line.PledgeId, need), out var part))
        {
            findings.Add(row, "there is no such row, though the line and its journal name it.");
            return;
        }

        findings.Compare(row, "proposed", replay.Part(need, Account.Proposed), new Held(part.Proposed.Minor, part.Proposed.Value));
        findings.Compare(row, "conditional", replay.Part(need, Account.Conditional), new Held(part.Conditional.Minor, part.Conditional.Value));
        findings.Compare(row, "committed", replay.Part(need, Account.Committed), new Held(part.Committed.Minor, part.Committed.Value));
        findings.Compare(row, "received", replay.Part(need, Account.Received), new Held(part.Received.Minor, part.Received.Value));
        findings.Compare(row, "time of telling", replay.ToldAt(need), part.ToldAt);
        findings.Compare(row, "unit", line.Unit, part.Unit);
        findings.Compare(row, "partner", line.Donor.PartnerId, part.PartnerId);
    }

    private string NameOf(string pledgeId, PartRef need) => $"part of {pledgeId} at {need.ProjectId}/{need.NeedId} in {rows.Area}";

    private static string Names(IEnumerable<PartRef> needs)
        => string.Join(", ", needs.Select(need => $"{need.ProjectId}/{need.NeedId}").Order(StringComparer.Ordinal));
}
