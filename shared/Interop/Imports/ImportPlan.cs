using FundingFlow.Interop.Imports.Mapping;
using FundingFlow.Validation;

namespace FundingFlow.Interop.Imports;

/// <summary>A file that was read and a mapping that fits it.</summary>
public sealed record ImportPlan(CsvFile File, ImportMapping Mapping, string Encoding)
{
    /// <param name="mapping">The mapping file; null for a file with our own headers.</param>
    public static Outcome<ImportPlan> Make(ImportKind kind, ReadOnlyMemory<byte> file, byte[]? mapping)
    {
        ImportMapping? map = null;
        if (mapping is { } json)
        {
            var parsed = ImportMapping.Parse(json, kind);
            if (parsed.Refusal is { } no) return Below("/mapping", no);
            map = parsed.Value;
        }

        var text = DecodedText.From(file.Span, map?.Encoding);
        if (text.Refusal is { } unreadable) return unreadable;
        var csv = CsvFile.Open(text.Value.Text, map?.Delimiter);
        if (csv.Refusal is { } unusable) return unusable;
        var bound = (map is null ? OwnHeaders.Mapping(kind, csv.Value.Columns) : (Outcome<ImportMapping>)map).Then(found => found.Bind(csv.Value.Columns));
        return bound.Refusal is { } unfit
            ? map is null ? unfit : Below("/mapping", unfit)
            : new ImportPlan(csv.Value, bound.Value, text.Value.Encoding);
    }

    public IEnumerable<RowResult> Rows() => RowMapper.Map(Mapping, File);

    private static Refusal Below(string pointer, Refusal refusal) => refusal.Errors is null
        ? refusal
        : refusal with
        {
            Detail = "The mapping: " + refusal.Detail,
            Errors = refusal.Errors.ToDictionary(pair => pointer + pair.Key, pair => pair.Value),
        };
}
