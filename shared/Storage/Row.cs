namespace FundingFlow.Storage;

/// <summary>
/// One stored entity: its two keys and a JSON document. The document carries its own version member, so that a later
/// release reads what an earlier one wrote. <see cref="ETag"/> is what the store answered when the row was read or
/// written; null on a row that was made here.
/// </summary>
public sealed record Row(string Partition, string Key, string Body, string? ETag = null);

/// <summary>What a change does with its row. <c>Replace</c> and <c>Delete</c> demand the row's ETag, unless it is null (then any).</summary>
public enum ChangeKind { Add, Replace, Upsert, Delete }

/// <summary>One of the changes that are committed together.</summary>
public sealed record RowChange(ChangeKind Kind, Row Row)
{
    public static RowChange Add(Row row) => new(ChangeKind.Add, row);
    public static RowChange Replace(Row row) => new(ChangeKind.Replace, row);
    public static RowChange Upsert(Row row) => new(ChangeKind.Upsert, row);
    public static RowChange Delete(Row row) => new(ChangeKind.Delete, row);
}

/// <summary>A page of rows and the token that asks for the next; null when this was the last.</summary>
public sealed record RowPage(IReadOnlyList<Row> Rows, string? Continuation);
