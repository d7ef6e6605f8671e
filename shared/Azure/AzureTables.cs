using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using FundingFlow.Storage;

namespace FundingFlow.Azure;

/// <summary>
/// Azure Tables behind the port. A table is created when a write finds it missing; reads of a missing table find nothing.
/// </summary>
/// <remarks>
/// The SDK repeats a request whose answer it did not get, and may then meet its own commit: an Add answers AlreadyExists,
/// a Replace Changed, a Delete Missing, although this very call wrote the rows. Whoever meets a
/// <see cref="StoreConflictException"/> or a time-out therefore reads again before acting.
/// </remarks>
public sealed class AzureTables(StorageClients clients) : ITables
{
    private const int RangePage = 1000;

    /// <summary>How far a row's time may lie behind one that was visible before it.</summary>
    private static readonly TimeSpan ClockDoubt = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, TableClient> tables = new(StringComparer.Ordinal);

    public async Task<Row?> FindAsync(string table, string partition, string key, CancellationToken stop)
    {
        StoreLimits.CheckKey(partition);
        StoreLimits.CheckKey(key);
        var found = await ClientOf(table).GetEntityIfExistsAsync<TableEntity>(partition, key, cancellationToken: stop);
        return found.HasValue ? StoredRow.ToRow(found.Value!) : null;
    }

    public async IAsyncEnumerable<Row> RangeAsync(string table, string partition, string from, string to, [EnumeratorCancellation] CancellationToken stop)
    {
        StoreLimits.CheckKey(partition);
        if (string.CompareOrdinal(from, to) >= 0) yield break;
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {from} and RowKey lt {to}");
        string? token = null;
        do
        {
            var page = await ReadPageAsync(table, filter, RangePage, token, stop);
            foreach (var entity in page.Rows) yield return entity;
            token = page.Continuation;
        }
        while (token is not null);
    }

    public async Task<RowsWritten> WrittenAsync(string table, string partition, string from, string to, string? since, CancellationToken stop)
    {
        StoreLimits.CheckKey(partition);
        var latest = since is null ? (DateTimeOffset?)null : DateTimeOffset.ParseExact(since, "O", CultureInfo.InvariantCulture);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {from} and RowKey lt {to}");
        if (latest is { } known) filter += " and " + TableClient.CreateQueryFilter($"Timestamp ge {known - ClockDoubt}");
        var rows = new List<Row>();
        try
        {
            var isFirst = true;
            await foreach (var page in ClientOf(table).QueryAsync<TableEntity>(filter, RangePage, cancellationToken: stop).AsPages(pageSizeHint: RangePage))
            {
                rows.AddRange(page.Values.Select(StoredRow.ToRow));
                // What a later page shows may be younger than a change to a row of an earlier one.
                if (isFirst) latest = page.Values.Select(entity => entity.Timestamp).Append(latest).Max();
                isFirst = false;
            }
        }
        catch (RequestFailedException error) when (TableErrors.IsMissingTable(error))
        {
            return new RowsWritten([], null);
        }

        return new RowsWritten(rows, latest?.ToString("O", CultureInfo.InvariantCulture));
    }

    public async Task<RowPage> PageAsync(string table, string? partition, int size, string? continuation, CancellationToken stop)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, RangePage);
        if (partition is not null) StoreLimits.CheckKey(partition);
        var filter = partition is null ? null : TableClient.CreateQueryFilter($"PartitionKey eq {partition}");
        var token = TableContinuation.Read(continuation);
        try
        {
            var page = await ReadPageAsync(table, filter, size, token, stop);
            // Azure may answer an empty page with a token; nobody should be shown one.
            while (page.Rows.Count == 0 && page.Continuation is not null)
                page = await ReadPageAsync(table, filter, size, page.Continuation, stop);
            return page with { Continuation = TableContinuation.Write(page.Continuation) };
        }
        catch (RequestFailedException error) when (error.Status == 400 && continuation is not null)
        {
            throw TableContinuation.Refused(continuation, error);
        }
    }

    public async Task<IReadOnlyList<string?>> CommitAsync(string table, IReadOnlyList<RowChange> changes, CancellationToken stop)
    {
        StoreLimits.CheckCommit(changes);
        var client = ClientOf(table);
        try
        {
            return await TableWrites.WriteAsync(client, changes, stop);
        }
        catch (RequestFailedException error) when (TableErrors.IsMissingTable(error))
        {
            await client.CreateIfNotExistsAsync(stop);
            return await TableWrites.WriteAsync(client, changes, stop);
        }
    }

    /// <summary>One page with the SDK's own token.</summary>
    private async Task<RowPage> ReadPageAsync(string table, string? filter, int size, string? token, CancellationToken stop)
    {
        try
        {
            await foreach (var page in ClientOf(table).QueryAsync<TableEntity>(filter, size, cancellationToken: stop).AsPages(token, size))
                return new RowPage([.. page.Values.Select(StoredRow.ToRow)], string.IsNullOrEmpty(page.ContinuationToken) ? null : page.ContinuationToken);
        }
        catch (RequestFailedException error) when (TableErrors.IsMissingTable(error))
        {
            return new RowPage([], null);
        }

        return new RowPage([], null);
    }

    private TableClient ClientOf(string table)
        => tables.GetOrAdd(table, static (name, service) =>
        {
            StoreNames.CheckTable(name);
            return service.GetTableClient(name);
        }, clients.Tables);
}
