using Azure;
using Azure.Data.Tables;
using FundingFlow.Storage;

namespace FundingFlow.Azure;

/// <summary>One change as an entity operation, which costs less; several as one entity-group transaction.</summary>
internal static class TableWrites
{
    /// <exception cref="StoreConflictException">A change was refused for the state of its row.</exception>
    public static async Task<IReadOnlyList<string?>> WriteAsync(TableClient client, IReadOnlyList<RowChange> changes, CancellationToken stop)
    {
        try
        {
            return changes.Count == 1 ? [await OneAsync(client, changes[0], stop)] : await AllAsync(client, changes, stop);
        }
        catch (RequestFailedException error) when (TableErrors.ConflictOf(error, changes.Count) is { } conflict)
        {
            throw conflict;
        }
    }

    private static async Task<string?> OneAsync(TableClient client, RowChange change, CancellationToken stop)
    {
        var row = change.Row;
        switch (change.Kind)
        {
            case ChangeKind.Add:
                return TagOf(await client.AddEntityAsync(StoredRow.From(row), stop));
            case ChangeKind.Replace:
                return TagOf(await client.UpdateEntityAsync(StoredRow.From(row), StoredRow.TagOf(row), TableUpdateMode.Replace, stop));
            case ChangeKind.Upsert:
                return TagOf(await client.UpsertEntityAsync(StoredRow.From(row), TableUpdateMode.Replace, stop));
            case ChangeKind.Delete:
                // The SDK answers a 404 here where it throws everywhere else.
                var answer = await client.DeleteEntityAsync(row.Partition, row.Key, StoredRow.TagOf(row), stop);
                return answer.Status == 404 ? throw new StoreConflictException(ConflictKind.Missing, 0) : null;
            default:
                throw new ArgumentOutOfRangeException(nameof(change), change.Kind, "No such kind of change.");
        }
    }

    private static async Task<IReadOnlyList<string?>> AllAsync(TableClient client, IReadOnlyList<RowChange> changes, CancellationToken stop)
    {
        var answers = await client.SubmitTransactionAsync(changes.Select(ActionOf), stop);
        return [.. changes.Zip(answers.Value, (change, answer) => change.Kind == ChangeKind.Delete ? null : TagOf(answer))];
    }

    private static TableTransactionAction ActionOf(RowChange change) => change.Kind switch
    {
        ChangeKind.Add => new(TableTransactionActionType.Add, StoredRow.From(change.Row)),
        ChangeKind.Replace => new(TableTransactionActionType.UpdateReplace, StoredRow.From(change.Row), StoredRow.TagOf(change.Row)),
        ChangeKind.Upsert => new(TableTransactionActionType.UpsertReplace, StoredRow.From(change.Row)),
        ChangeKind.Delete => new(TableTransactionActionType.Delete, new TableEntity(change.Row.Partition, change.Row.Key), StoredRow.TagOf(change.Row)),
        _ => throw new ArgumentOutOfRangeException(nameof(change), change.Kind, "No such kind of change."),
    };

    private static string TagOf(Response answer)
        => answer.Headers.ETag?.ToString() ?? throw new InvalidOperationException("The table service answered a write without an ETag.");
}
