namespace FundingFlow.Interop.Imports.Mapping;

public enum FieldType { Text, Number, Date, Flag, List }

/// <summary>Something of ours that a mapping can fill.</summary>
/// <param name="StaffOnly">Only a staff key may import it.</param>
/// <param name="About">One line for whoever writes a mapping.</param>
public sealed record Field(string Name, FieldType Type, string About, bool StaffOnly = false);

/// <summary>The fields of each kind, in the order of the template.</summary>
public static class Fields
{
    public const string Id = "id";

    public static IReadOnlyList<Field> Of(ImportKind kind) => kind switch
    {
        ImportKind.Partners => Partners,
        ImportKind.Projects => Projects,
        ImportKind.Pledges => Pledges,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public static Field? Find(ImportKind kind, string name) => Of(kind).FirstOrDefault(field => field.Name == name);

    private static readonly IReadOnlyList<Field> Partners =
    [
        new(Id, FieldType.Text, "slug; without one it is made from the name"),
        new("name", FieldType.Text, "required"),
        new("sector", FieldType.Text, "required: public, private or nonprofit"),
        new("city", FieldType.Text, "id, name or alias"),
        new("country", FieldType.Text, "ISO 3166-1 alpha-2"),
        new("interests", FieldType.List, "area slugs"),
        new("email", FieldType.Text, "of one contact"),
        new("language", FieldType.Text, "of that contact, such as en"),
    ];

    private static readonly IReadOnlyList<Field> Projects =
    [
        new(Id, FieldType.Text, "slug; without one it is made from the mapping's label and the row's content"),
        new("title", FieldType.Text, "required"),
        new("city", FieldType.Text, "required: id, name or alias; one that is not known is created"),
        new("country", FieldType.Text, "ISO 3166-1 alpha-2"),
        new("area", FieldType.Text, "required: one area slug"),
        new("currency", FieldType.Text, "required: ISO 4217"),
        new("amount", FieldType.Number, "the money need"),
        new("minimumViable", FieldType.Number, "below this the money need cannot start"),
        new("item", FieldType.Text, "the need of goods, with quantity and unit"),
        new("quantity", FieldType.Number, ""),
        new("unit", FieldType.Text, "piece, kg, …"),
        new("skill", FieldType.Text, "the need of people's time, with hours"),
        new("hours", FieldType.Number, ""),
        new("startsOn", FieldType.Date, ""),
        new("endsOn", FieldType.Date, "last day"),
        new("requestedBy", FieldType.Text, "who in the city asked for it"),
        new("implementers", FieldType.List, ""),
    ];

    private static readonly IReadOnlyList<Field> Pledges =
    [
        new(Id, FieldType.Text, "the row's idempotency key; without one it is made from the row's content"),
        new("partner", FieldType.Text, "partner id; or partnerName"),
        new("partnerName", FieldType.Text, "its slug is the partner id"),
        new("kind", FieldType.Text, "money (the default), inKind or time"),
        new("amount", FieldType.Number, "money"),
        new("currency", FieldType.Text, "money: ISO 4217"),
        new("item", FieldType.Text, "inKind, with quantity and unit"),
        new("quantity", FieldType.Number, ""),
        new("unit", FieldType.Text, ""),
        new("estimatedValue", FieldType.Number, "inKind: what it is worth"),
        new("estimatedCurrency", FieldType.Text, "inKind: ISO 4217"),
        new("skill", FieldType.Text, "time, with hours"),
        new("hours", FieldType.Number, ""),
        new("people", FieldType.Number, "time: how many give the hours"),
        new("from", FieldType.Date, "time"),
        new("to", FieldType.Date, "time"),
        new("areas", FieldType.List, "area slugs, in equal shares; none: any area"),
        new("projects", FieldType.List, "earmark: project ids"),
        new("cities", FieldType.List, "earmark: city ids"),
        new("countries", FieldType.List, "earmark: ISO 3166-1 alpha-2"),
        new("dueOn", FieldType.Date, "when the whole of it is due"),
        new("validUntil", FieldType.Date, ""),
        new("visibility", FieldType.Text, "public (the default) or anonymous"),
        new("reference", FieldType.Text, "the partner's own reference"),
        new("partnerSector", FieldType.Text, "of partners that the import creates", StaffOnly: true),
        new("partnerCity", FieldType.Text, "of partners that the import creates", StaffOnly: true),
        new("partnerCountry", FieldType.Text, "of partners that the import creates", StaffOnly: true),
        new("status", FieldType.Text, "pledge (the default), commitment or receipt", StaffOnly: true),
        new("statedAmount", FieldType.Number, "a value that is kept as stated, with statedCurrency", StaffOnly: true),
        new("statedCurrency", FieldType.Text, "ISO 4217", StaffOnly: true),
        new("rate", FieldType.Number, "units of currency for one unit of statedCurrency: gives the stated value where statedAmount is empty", StaffOnly: true),
        new("pledgedOn", FieldType.Date, "when it was pledged; may lie in the past", StaffOnly: true),
        new("hold", FieldType.Flag, "true: taken in, not placed until staff release it", StaffOnly: true),
    ];
}
