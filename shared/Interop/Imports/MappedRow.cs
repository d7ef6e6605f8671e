namespace FundingFlow.Interop.Imports;

/// <summary>What is wrong with a row, by the field (or the column) that it concerns; an empty field: the row as a whole.</summary>
public sealed record RowError(string Field, string Error);

/// <summary>A row in our own words: texts trimmed, numbers as plain decimals, dates as 2026-11-24. Fields without a value are absent.</summary>
/// <param name="Line">The physical line on which the row starts.</param>
/// <param name="Key">The mapped id, else made of the row's content and its occurrence among identical rows.</param>
public sealed record MappedRow(int Line, string Key, IReadOnlyDictionary<string, IReadOnlyList<string>> Fields)
{
    /// <summary>Null when the row has no value for the field.</summary>
    public string? this[string field] => Fields.TryGetValue(field, out var items) ? items[0] : null;

    public IReadOnlyList<string> List(string field) => Fields.TryGetValue(field, out var items) ? items : [];
}

/// <summary>One row of the file after mapping: exactly one of the row, its errors, or the reason to skip it.</summary>
public sealed record RowResult(SourceRow Source, MappedRow? Row, IReadOnlyList<RowError> Errors, string? Skipped = null);
