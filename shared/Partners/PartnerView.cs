namespace FundingFlow.Partners;

public sealed record ContactView(string Id, string Name, string Email, string Language, string TimeZone, DigestChoice Digest);

/// <summary>A partner as the API gives it.</summary>
/// <param name="Contacts">Null for who only reads: persons are shown to staff and to who acts for the partner.</param>
public sealed record PartnerView(
    string Id, string Name, Sector Sector, string? City, string? Country, IReadOnlyList<string> Interests, IReadOnlyList<ContactView>? Contacts)
{
    /// <summary>Where it does not give; null: nowhere.</summary>
    public Exclusions? Exclusions { get; init; }

    public static PartnerView From(Partner partner, IReadOnlyList<Contact>? contacts)
        => new(partner.Id, partner.Name, partner.Sector, partner.City, partner.Country, partner.Interests,
            contacts is null ? null : [.. contacts.Select(contact =>
                new ContactView(contact.Id, contact.Name, contact.Email, contact.Language, contact.TimeZone, contact.Digest))])
        {
            Exclusions = partner.Exclusions,
        };
}
