using FundingFlow.Ledger;
using FundingFlow.Projects;

namespace FundingFlow.Pledges;

/// <summary>What the books hold of one pledge.</summary>
public sealed record PledgeBalance(Pledge Pledge, IReadOnlyList<Line> Lines, IReadOnlyList<Allocation> Allocations)
{
    /// <summary>What no need has yet; a part whose line is not open yet is among it.</summary>
    public long Unallocated => Lines.Sum(line => line.Unallocated) + NotOpened;
    public long Withdrawn => Lines.Sum(line => line.Withdrawn);
    public long WrittenOff => Lines.Sum(line => line.WrittenOff);
    public long InTransit => Lines.Sum(line => line.MovedOut) - Lines.Sum(line => line.MovedIn);
    public long Proposed => Allocations.Sum(part => part.Proposed.Minor);
    public long Conditional => Allocations.Sum(part => part.Conditional.Minor);
    public long Committed => Allocations.Sum(part => part.Committed.Minor);
    public long Received => Allocations.Sum(part => part.Received.Minor);

    /// <summary>All that was ever pledged: the pledge, and what was received above what was owed.</summary>
    public long Pledged => Lines.Sum(line => line.Amount) + NotOpened;

    private long NotOpened => PledgeLines.SplitOf(Pledge) is { } split
        ? split.Where(part => !Lines.Any(line => line.Area == part.Area && line.IsOpened)).Sum(part => part.Minor)
        : Pledge.Original;

    public PledgeStatus Status =>
        Lines.Count == 0 ? Pledge.Failure is null ? PledgeStatus.Submitted : PledgeStatus.Rejected
        : Pledge.Withdrawn ? PledgeStatus.Withdrawn
        : Pledge.Expired && Conditional + Committed + Received == 0 ? PledgeStatus.Expired
        : Unallocated + InTransit > 0 ? PledgeStatus.Open
        : Proposed + Conditional > 0 ? PledgeStatus.Placed
        : Committed > 0 ? PledgeStatus.Committed
        : Received > 0 || WrittenOff == 0 ? PledgeStatus.Fulfilled
        : PledgeStatus.Withdrawn;

    /// <summary>What an amendment may take: neither confirmed nor received.</summary>
    public long Unconfirmed => Unallocated + InTransit + Proposed;
}

/// <summary>Derived from the lines when read. Open: something is unallocated; placed: all of it has a need; then all of it committed, received. Withdrawn also where all was written off.</summary>
public enum PledgeStatus { Submitted, Open, Placed, Committed, Fulfilled, Withdrawn, Expired, Rejected }

/// <summary>A change of a pledge's line, and the area that the line is in.</summary>
public sealed record AreaEntry(string Area, JournalEntry Entry);

/// <summary>Reads a pledge's lines and their parts, over all areas that have some.</summary>
public sealed class PledgeBooks(ILedgerReader reader)
{
    public async Task<PledgeBalance> ReadAsync(Pledge pledge, CancellationToken stop)
    {
        var lines = new List<Line>();
        foreach (var area in (PledgeLines.SplitOf(pledge) ?? []).Concat(pledge.Amendments.SelectMany(amendment => amendment.Raises)).Select(part => part.Area).Distinct())
            await AddAsync(area);
        // What was sent on opened lines of its own, which may have sent on again.
        for (var i = 0; i < lines.Count; i++)
            foreach (var area in lines[i].Sendings.Select(sending => sending.Area).Distinct())
                if (!lines.Exists(line => line.Area == area)) await AddAsync(area);
        var parts = new List<Allocation>();
        foreach (var line in lines)
            foreach (var need in line.Parts)
                if (await reader.AllocationAsync(line.Area, pledge.Id, need.ProjectId, need.NeedId, stop) is { } part)
                    parts.Add(part);
        return new PledgeBalance(pledge, lines, parts);

        async Task AddAsync(string area)
        {
            if (await reader.LineAsync(area, pledge.Id, stop) is { } line) lines.Add(line);
        }
    }

    /// <summary>Oldest first.</summary>
    public async Task<IReadOnlyList<AreaEntry>> HistoryAsync(PledgeBalance balance, CancellationToken stop)
    {
        var history = new List<AreaEntry>();
        foreach (var line in balance.Lines)
            history.AddRange((await reader.HistoryAsync(line.Area, line.PledgeId, stop)).Select(entry => new AreaEntry(line.Area, entry)));
        return [.. history.OrderBy(entry => entry.Entry.At)];
    }
}
