using FundingFlow.Interop.Imports.Mapping;
using FundingFlow.Validation;

namespace FundingFlow.Interop.Imports;

/// <summary>A file with our own headers needs no mapping: each column is the field of its name; lists are separated by semicolons.</summary>
public static class OwnHeaders
{
    public static Outcome<ImportMapping> Mapping(ImportKind kind, ColumnNames columns)
    {
        var errors = new InputErrors();
        var fields = new Dictionary<string, MappedValue>(StringComparer.Ordinal);
        foreach (var column in columns.All)
        {
            var field = Fields.Of(kind).FirstOrDefault(field => ColumnNames.Normalise(field.Name) == ColumnNames.Normalise(column));
            if (field is null)
                errors.Add("/file", $"has a column '{column}', which is none of ours ({string.Join(", ", Fields.Of(kind).Select(known => known.Name))}); rename it, or send a mapping");
            else fields[field.Name] = ValueOf(field, column);
        }

        if (errors.Any) return errors.ToRefusal();
        return new ImportMapping(kind, null, null, NumberFormat.Plain, DateFormats.Iso, fields, LabelOf(kind, fields), null, false, false);
    }

    private static MappedValue ValueOf(Field field, string column)
    {
        var cell = new Template("/file", [new TemplatePart(column, true)]);
        return field.Type == FieldType.List ? new Choice("/file", cell, false, ";", null, null, null, false, null) : cell;
    }

    private static MappedValue? LabelOf(ImportKind kind, Dictionary<string, MappedValue> fields)
        => kind == ImportKind.Projects ? fields.GetValueOrDefault("title") : null;
}
