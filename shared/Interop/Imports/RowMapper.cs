using FundingFlow.Interop.Imports.Mapping;
using FundingFlow.Validation;

namespace FundingFlow.Interop.Imports;

/// <summary>Turns the file's rows into ours. Reads lazily and in order from the first row, because keys count occurrences.</summary>
public sealed class RowMapper(ImportMapping mapping)
{
    private const int LongestText = 2000;

    /// <param name="mapping">Bound to the file's columns.</param>
    /// <param name="file">Its rows.</param>
    public static IEnumerable<RowResult> Map(ImportMapping mapping, CsvFile file)
    {
        var mapper = new RowMapper(mapping);
        var keys = new RowKeys(mapping.Kind);
        // Not a Select: Skip would pass the rows over before they are mapped, and then nobody counts them.
        foreach (var row in file.Rows()) yield return mapper.Map(row, keys);
    }

    private RowResult Map(SourceRow row, RowKeys keys)
    {
        if (row.Error is { } unreadable) return new RowResult(row, null, [new RowError("", unreadable)]);
        var errors = new List<RowError>();
        if (Single("skip", mapping.Skip, row, errors) is { Length: > 0 } reason) return new RowResult(row, null, [], reason);
        var fields = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var (name, value) in mapping.Fields)
        {
            var field = Fields.Find(mapping.Kind, name)!;
            var items = Items(field, value, row, errors);
            if (items.Count > 0) fields[name] = items;
        }

        var label = Single("label", mapping.Label, row, errors);
        if (errors.Count > 0) return new RowResult(row, null, errors);
        fields.Remove(Fields.Id, out var id);
        var (key, wrong) = keys.KeyOf(row.Line, id?[0] ?? IdFromName(fields), label, fields);
        return wrong is null
            ? new RowResult(row, new MappedRow(row.Line, key, fields), [])
            : new RowResult(row, null, [wrong]);
    }

    /// <summary>A partner without an id has the one that a pledge which names it would find.</summary>
    private string IdFromName(Dictionary<string, IReadOnlyList<string>> fields)
        => mapping.Kind == ImportKind.Partners && fields.TryGetValue("name", out var name) ? PartnerId.From(name[0]) : "";

    private List<string> Items(Field field, MappedValue value, SourceRow row, List<RowError> errors)
    {
        var result = value.Of(row.Cells);
        var error = result.Error;
        var items = new List<string>();
        foreach (var item in field.Type == FieldType.List ? result.Items : result.Items.Take(1))
        {
            var (text, wrong) = Convert(field.Type, item.Trim());
            error ??= wrong;
            if (text.Length > 0) items.Add(text);
        }

        if (error is null) return items;
        var columns = value.Columns.Distinct().ToList();
        errors.Add(new RowError(field.Name, columns.Count == 0 ? error : $"{error} (column {string.Join(", ", columns.Take(5))})"));
        return [];
    }

    private (string Text, string? Error) Convert(FieldType type, string text)
    {
        if (text.Any(PlainText.Refuses)) return ("", "must not contain control characters such as line breaks; \"clean\": true in the mapping removes them");
        if (text.Length > LongestText) return ("", $"must have at most {LongestText} characters");
        return type switch
        {
            FieldType.Number => mapping.Numbers.ToPlain(text) is { } number
                ? (number, null)
                : ("", $"'{Shorten(text)}' is not a number written like {mapping.Numbers.Example}"),
            FieldType.Date => mapping.Dates.ToDay(text) is { } day
                ? (day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), null)
                : ("", $"'{Shorten(text)}' is not a date written as {string.Join(" or ", mapping.Dates.Formats.Take(3))}"),
            FieldType.Flag => text.ToLowerInvariant() switch
            {
                "true" or "yes" or "1" => ("true", null),
                "false" or "no" or "0" => ("", null),
                _ => ("", $"'{Shorten(text)}' is neither true nor false"),
            },
            _ => (text, null),
        };
    }

    private static string Single(string name, MappedValue? value, SourceRow row, List<RowError> errors)
    {
        if (value is null) return "";
        var result = value.Of(row.Cells);
        if (result.Error is not null) errors.Add(new RowError(name, result.Error));
        return result.Text.Length <= 300 ? result.Text : result.Text[..300];
    }

    private static string Shorten(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
