namespace FundingFlow.Partners;

/// <summary>By IATI organisation type: public 10, 11, 15, 40; private 70–73; nonprofit 21–24, 60, 80.</summary>
public enum Sector { Public, Private, Nonprofit }

/// <summary>A public, private or nonprofit organisation that pledges. Holds no person: those are contacts.</summary>
/// <param name="City">Id of a known city, or null.</param>
/// <param name="Country">ISO 3166-1 alpha-2, or null.</param>
/// <param name="Interests">Area slugs.</param>
public sealed record Partner(string Id, string Name, Sector Sector, string? City, string? Country, IReadOnlyList<string> Interests)
{
    public int Version { get; init; } = 1;

    /// <summary>Opaque id of the key that created it; that key is bound to it, also when the binding was lost in a crash.</summary>
    public string? CreatedBy { get; init; }

    /// <summary>Where it does not give; null: nowhere.</summary>
    public Exclusions? Exclusions { get; init; }

    /// <summary>Counts the PUTs that changed its contacts, so that the partner's ETag changes with them.</summary>
    public int ContactsRevision { get; init; }
}

public enum DigestFrequency { Never, Weekly, Monthly, Quarterly }

/// <summary>What a contact wants in the digest; no areas means all.</summary>
public sealed record DigestChoice(DigestFrequency Frequency, IReadOnlyList<string> Areas)
{
    public static readonly DigestChoice Default = new(DigestFrequency.Monthly, []);
}

/// <summary>A person at a partner: the only place where names and addresses of persons are kept.</summary>
/// <param name="Language">BCP 47, such as <c>en</c> or <c>it</c>.</param>
/// <param name="TimeZone">IANA, such as <c>Europe/Rome</c>.</param>
public sealed record Contact(string PartnerId, string Id, string Name, string Email, string Language, string TimeZone, DigestChoice Digest)
{
    public int Version { get; init; } = 1;

    /// <summary>The contact chose the digest itself (page, one-click unsubscribe): what a PUT of the partner says of it is ignored.</summary>
    public bool ChosenByContact { get; init; }

    /// <summary>
    /// False for what is left of a removed contact that had chosen: no name, no address, just the choice, so that adding it again does
    /// not subscribe it again. Such rows are never given out.
    /// </summary>
    public bool IsPresent => Email.Length > 0;
}

/// <summary>Looks partners up; answers may be a few seconds old.</summary>
public interface IPartners
{
    Task<Partner?> FindAsync(string id, CancellationToken stop);
    IAsyncEnumerable<Partner> AllAsync(CancellationToken stop);
    Task<IReadOnlyList<Contact>> ContactsOfAsync(string partnerId, CancellationToken stop);
}
