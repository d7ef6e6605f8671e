using FundingFlow.Interop.Imports.Mapping;

namespace FundingFlow.Interop.Imports;

/// <summary>A CSV to start from: our own headers and an example row that imports as it stands.</summary>
public static class ImportTemplate
{
    public static byte[] Of(ImportKind kind)
    {
        var example = Example(kind);
        var fields = Fields.Of(kind).Where(field => !field.StaffOnly).Select(field => field.Name).ToList();
        using var file = new MemoryStream();
        SafeCsv.Write(file, [fields, fields.Select(field => example.GetValueOrDefault(field, ""))]);
        return file.ToArray();
    }

    private static Dictionary<string, string> Example(ImportKind kind) => kind switch
    {
        ImportKind.Partners => new()
        {
            ["id"] = "example-municipality", ["name"] = "Example Municipality", ["sector"] = "public", ["city"] = "Rome", ["country"] = "IT",
            ["interests"] = "socio-economic;youth", ["email"] = "partnerships@municipality.example", ["language"] = "it",
        },
        ImportKind.Projects => new()
        {
            ["id"] = "example-farm", ["title"] = "A peri-urban farm (example)", ["city"] = "Kigali", ["country"] = "RW", ["area"] = "socio-economic",
            ["currency"] = "EUR", ["amount"] = "120000.00", ["minimumViable"] = "40000.00", ["startsOn"] = "2027-01-01", ["endsOn"] = "2028-12-31",
            ["requestedBy"] = "City of Kigali", ["implementers"] = "Growers' cooperative;City of Kigali",
        },
        ImportKind.Pledges => new()
        {
            ["id"] = "example-1", ["partner"] = "example-municipality", ["kind"] = "money", ["amount"] = "25000.00", ["currency"] = "EUR",
            ["areas"] = "socio-economic", ["projects"] = "", ["visibility"] = "public", ["reference"] = "Council decision 12 (example)",
        },
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
