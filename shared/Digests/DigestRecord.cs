using FundingFlow.Storage;

namespace FundingFlow.Digests;

/// <summary>
/// Queued: asked for. Sending: somebody is at it. Nothing: looked at, nothing to say. Sent and Refused are final: the mail
/// server has the mail, or said that it never will.
/// </summary>
public enum DigestStatus { Queued, Sending, Sent, Nothing, Refused }

/// <summary>One contact's digest of one period. Holds ids only.</summary>
/// <param name="At">When it came to this status.</param>
public sealed record DigestRecord(string PartnerId, string ContactId, string Period, DigestStatus Status, DateTimeOffset At, string? Note = null)
{
    public int V { get; init; } = 1;

    public bool IsFinal => Status is DigestStatus.Sent or DigestStatus.Refused;
}

/// <summary>Message in <c>digests-to-send</c>.</summary>
public sealed record DigestToSend(int V, string PartnerId, string ContactId, DigestPeriod Period);

public sealed record StoredDigest(DigestRecord Record, string? ETag);

/// <summary>Table Digests: partition = partner, row = contact and period.</summary>
public sealed class DigestRecords(ITables tables)
{
    public async Task<StoredDigest?> FindAsync(string partnerId, string contactId, string period, CancellationToken stop)
        => await tables.FindAsync(TableNames.Digests, partnerId, KeyOf(contactId, period), stop) is { } row
            ? new StoredDigest(Wire.Read<DigestRecord>(row), row.ETag)
            : null;

    /// <summary>When a digest went out to the contact last, of whatever period: how often it wants one may have changed. Null: none did.</summary>
    public async Task<DateTimeOffset?> LastSentAsync(string partnerId, string contactId, CancellationToken stop)
    {
        DateTimeOffset? last = null;
        await foreach (var row in tables.PrefixAsync(TableNames.Digests, partnerId, KeyOf(contactId, ""), stop))
            if (Wire.Read<DigestRecord>(row) is { Status: DigestStatus.Sent } sent && !(sent.At <= last)) last = sent.At;
        return last;
    }

    /// <summary>Adds it when <paramref name="etag"/> is null, else replaces the row that was read with it. Null: another was faster.</summary>
    public async Task<StoredDigest?> TryWriteAsync(DigestRecord record, string? etag, CancellationToken stop)
    {
        var row = new Row(record.PartnerId, KeyOf(record.ContactId, record.Period), Wire.Write(record), etag);
        try
        {
            return new StoredDigest(record, await tables.PutAsync(TableNames.Digests, etag is null ? RowChange.Add(row) : RowChange.Replace(row), stop));
        }
        catch (StoreConflictException)
        {
            return null;
        }
    }

    private static string KeyOf(string contactId, string period) => $"{contactId}|{period}";
}
