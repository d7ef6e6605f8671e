using FundingFlow.Storage;

namespace FundingFlow.Ledger;

/// <summary>A value with the ETag under which it was read; no ETag: it is not stored yet.</summary>
internal sealed record Stored<T>(T Value, string? ETag);

/// <summary>The ledger's types to and from rows.</summary>
internal static class LedgerRows
{
    public static Stored<T> Read<T>(Row row) => new(Wire.Read<T>(row), row.ETag);

    public static Row Of(Position position, string? etag)
        => new(position.Area, LedgerKeys.Position(position.ProjectId, position.NeedId), Wire.Write(position), etag);

    public static Row Of(Line line, string? etag) => new(line.Area, LedgerKeys.Line(line.PledgeId), Wire.Write(line), etag);

    public static Row Of(Allocation part, string? etag)
        => new(part.Area, LedgerKeys.Allocation(part.ProjectId, part.NeedId, part.PledgeId), Wire.Write(part), etag);

    public static Row Of(string area, PartnerGuard guard, string? etag)
        => new(area, LedgerKeys.Guard(guard.PartnerId), Wire.Write(guard), etag);

    public static Row Of(string area, string subject, JournalEntry entry)
        => new(area, LedgerKeys.Journal(subject, entry.Command), Wire.Write(entry));
}

/// <summary>What one transaction changed that others must hear of; deleted once dispatched.</summary>
/// <param name="Reopen">Room appeared: lines that stand may now be placed.</param>
internal sealed record OutboxEntry(int V, IReadOnlyList<PartRef> Needs, bool Reopen);
