using FundingFlow.Cities;
using FundingFlow.Projects;
using FundingFlow.Validation;

namespace FundingFlow.Partners;

/// <summary>What a PUT of a partner states; the city still as it was typed.</summary>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="Contacts">Null: nothing is said of contacts, they stay as they are.</param>
/// <param name="AllContacts">Contacts that are not named are removed; false for the shorthand, which speaks of <c>main</c> only.</param>
public sealed record PartnerStatement(
    string? Id, string Name, Sector Sector, string? City, string? Country, IReadOnlyList<string> Interests,
    IReadOnlyList<ContactStatement>? Contacts, bool AllContacts)
{
    /// <summary>Where the partner does not give, cities still as they were typed; null: nowhere.</summary>
    public Exclusions? Exclusions { get; init; }

    public static PartnerStatement? Read(JsonInput input)
    {
        var id = input.Slug("id");
        var name = input.Text("name", 200, required: true);
        var sector = input.Choice<Sector>("sector", required: true);
        var city = input.Text("city", 100);
        var country = input.Country("country");
        var interests = input.AreaSlugs("interests");
        var exclusions = input.Object("exclusions", ReadExclusions)?.OrNull();
        var listed = input.Has("contacts");
        var contacts = input.Objects("contacts", contact => ContactStatement.Read(contact, input.Items("contacts").Count() == 1), 100);
        foreach (var twice in contacts.Select((contact, i) => (contact.Id, i)).GroupBy(pair => pair.Id).Where(group => group.Count() > 1))
            input.Errors.Add($"/contacts/{twice.Last().i}/id", "is given to another contact of this partner already");
        var main = ContactStatement.ReadShorthand(input);
        if (listed && main is not null)
            input.Error(main.Member, "is shorthand for one contact: give either it or contacts");
        return name is null || sector is null
            ? null
            : new PartnerStatement(id, name, sector.Value, city, country, interests, listed ? contacts : main is null ? null : [main], listed) { Exclusions = exclusions };
    }

    private static Exclusions ReadExclusions(JsonInput input)
        => new(input.AreaSlugs("areas"), input.Slugs("projects", 100), input.Texts("cities", 100, 100), ReadCountries(input));

    private static IReadOnlyList<string> ReadCountries(JsonInput input)
    {
        var countries = new List<string>();
        foreach (var (text, i) in input.Texts("countries", 100, 100).Select((text, i) => (text, i)))
        {
            if (Countries.Find(text) is { } country) countries.Add(country.Alpha2);
            else input.Errors.Add($"{input.At("countries")}/{i}", Countries.Rule);
        }

        return [.. countries.Distinct(StringComparer.Ordinal)];
    }
}
