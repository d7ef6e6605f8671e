using FundingFlow.Storage;

namespace FundingFlow.Sustainability;

/// <summary>An alert and the ETag of its row.</summary>
public sealed record StoredAlert(Alert Alert, string? ETag);

public sealed record AlertPage(IReadOnlyList<Alert> Alerts, string? Continuation);

/// <summary>Table Alerts: partition = kind, row = subject and opening.</summary>
public sealed class AlertBook(ITables tables)
{
    /// <summary>The last opening of a kind about a subject.</summary>
    public async Task<StoredAlert?> LastAsync(string kind, string subject, CancellationToken stop)
    {
        await foreach (var row in tables.PrefixAsync(TableNames.Alerts, kind, AlertId.RowKeysOf(subject), stop))
            return Stored(row);
        return null;
    }

    public async Task<StoredAlert?> FindAsync(string id, CancellationToken stop)
        => AlertId.Parse(id) is var (kind, subject, number)
           && await tables.FindAsync(TableNames.Alerts, kind, AlertId.RowKey(subject, number), stop) is { } row
            ? Stored(row)
            : null;

    /// <summary>All alerts of a kind, or of every kind, of which <paramref name="wanted"/> holds.</summary>
    public async IAsyncEnumerable<StoredAlert> AllAsync(
        Func<Alert, bool> wanted, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        string? next = null;
        do
        {
            var page = await tables.PageAsync(TableNames.Alerts, null, 1000, next, stop);
            foreach (var stored in page.Rows.Select(Stored).Where(stored => wanted(stored.Alert))) yield return stored;
            next = page.Continuation;
        }
        while (next is not null);
    }

    /// <summary>Up to <paramref name="size"/> alerts; fewer, also when more follow, where few are wanted.</summary>
    public async Task<AlertPage> PageAsync(string? kind, Func<Alert, bool> wanted, int size, string? continuation, CancellationToken stop)
    {
        for (var next = continuation; ;)
        {
            var page = await tables.PageAsync(TableNames.Alerts, kind, size, next, stop);
            var found = page.Rows.Select(row => Stored(row).Alert).Where(wanted).ToList();
            next = page.Continuation;
            if (found.Count > 0 || next is null) return new AlertPage(found, next);
        }
    }

    /// <summary>Adds it when <paramref name="etag"/> is null, else replaces the row that was read with it.</summary>
    /// <exception cref="StoreConflictException">Another was faster: read again.</exception>
    public async Task<StoredAlert> WriteAsync(Alert alert, string? etag, CancellationToken stop)
    {
        var row = new Row(alert.Kind, AlertId.RowKey(alert.Subject, alert.Number), Wire.Write(alert), etag);
        return new StoredAlert(alert, await tables.PutAsync(TableNames.Alerts, etag is null ? RowChange.Add(row) : RowChange.Replace(row), stop));
    }

    private static StoredAlert Stored(Row row) => new(Wire.Read<Alert>(row), row.ETag);
}
