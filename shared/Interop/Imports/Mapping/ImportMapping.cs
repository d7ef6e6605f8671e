using System.Text.Json;
using FundingFlow.Validation;

namespace FundingFlow.Interop.Imports.Mapping;

/// <summary>
/// How a foreign file's columns become our fields: the mapping file, read and checked. See samples/mappings/README.md.
/// </summary>
/// <param name="Fields">By field name.</param>
/// <param name="Label">Begins the id of a project whose row has none of its own.</param>
/// <param name="Skip">A row for which this is not empty is left out, with this as the reason.</param>
/// <param name="CreatePartners">Pledges: partners that are not known yet are created.</param>
/// <param name="AllowNoAmount">Projects: a row without an amount gets a need whose requirement is not stated, instead of a refusal.</param>
public sealed record ImportMapping(
    ImportKind Kind, char? Delimiter, string? Encoding, NumberFormat Numbers, DateFormats Dates,
    IReadOnlyDictionary<string, MappedValue> Fields, MappedValue? Label, MappedValue? Skip, bool CreatePartners, bool AllowNoAmount)
{
    public const int Largest = 256 * 1024;

    /// <summary>The staff-only things that it asks for.</summary>
    public IEnumerable<string> StaffOnly
        => Fields.Keys.Where(name => Mapping.Fields.Find(Kind, name) is { StaffOnly: true })
            .Concat(CreatePartners ? ["createPartners"] : Array.Empty<string>());

    /// <param name="expected">The kind that the import asks for; another one is refused.</param>
    public static Outcome<ImportMapping> Parse(ReadOnlyMemory<byte> json, ImportKind? expected = null)
        => json.Length > Largest
            ? new Refusal(RefusalKind.TooLarge, $"The mapping may have at most {Largest / 1024} KiB.")
            : JsonInput.Parse(json, input => Read(input, expected));

    /// <summary>The same mapping for a file with these columns; refused when the file lacks one that it names.</summary>
    public Outcome<ImportMapping> Bind(ColumnNames columns)
    {
        var errors = new InputErrors();
        var bound = this with
        {
            Fields = Fields.ToDictionary(pair => pair.Key, pair => pair.Value.Bind(columns, errors), StringComparer.Ordinal),
            Label = Label?.Bind(columns, errors),
            Skip = Skip?.Bind(columns, errors),
        };
        return errors.Any ? errors.ToRefusal() : bound;
    }

    private static ImportMapping? Read(JsonInput input, ImportKind? expected)
    {
        input.Integer("version", 1, 1);
        input.Text("about", 2000, multiline: true);
        var kind = input.Choice<ImportKind>("kind", required: true);
        if (kind is not null && expected is not null && kind != expected)
            input.Error("kind", $"is {Name(kind.Value)}, but the import asks for {Name(expected.Value)}");
        var delimiter = ReadDelimiter(input);
        var encoding = input.Text("encoding");
        if (encoding is not null && !DecodedText.Encodings.Contains(encoding))
            input.Error("encoding", "must be one of " + string.Join(", ", DecodedText.Encodings));
        var numbers = input.Object("numbers", NumberFormat.Read) ?? NumberFormat.Plain;
        var dates = DateFormats.Read(input, "dates");
        var fields = new Dictionary<string, MappedValue>(StringComparer.Ordinal);
        if (input.Element("fields") is { } element && kind is not null) ReadFields(new JsonInput(element, input.At("fields"), input.Errors), kind.Value, fields);
        else if (!input.Has("fields")) input.Error("fields", "is required");
        var mapping = new ImportMapping(kind ?? default, delimiter, encoding, numbers, dates, fields, Value(input, "label"), Value(input, "skip"),
            input.Flag("createPartners") ?? false, input.Flag("allowNoAmount") ?? false);
        if (mapping.CreatePartners && kind != ImportKind.Pledges) input.Error("createPartners", "is for pledges");
        if (mapping.AllowNoAmount && kind != ImportKind.Projects) input.Error("allowNoAmount", "is for projects");
        return mapping;
    }

    private static void ReadFields(JsonInput input, ImportKind kind, Dictionary<string, MappedValue> fields)
    {
        foreach (var name in input.Names.Where(name => Mapping.Fields.Find(kind, name) is not null).ToList())
            if (Value(input, name) is { } value) fields[name] = value;
        foreach (var name in input.Names.Where(name => Mapping.Fields.Find(kind, name) is null))
            input.Error(name, $"is not a field of {Name(kind)}; they are: {string.Join(", ", Mapping.Fields.Of(kind).Select(field => field.Name))}");
    }

    private static char? ReadDelimiter(JsonInput input)
    {
        if (input.Element("delimiter") is not { } element) return null;
        if (element.ValueKind == JsonValueKind.String && element.GetString() is [var one] && CsvFile.Delimiters.Contains(one)) return one;
        input.Error("delimiter", "must be a comma, a semicolon, a tab or a |");
        return null;
    }

    private static MappedValue? Value(JsonInput input, string name)
        => input.Element(name) is { } element ? ValueReader.Read(element, input.At(name), input.Errors) : null;

    private static string Name(ImportKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());
}
