namespace FundingFlow.Partners;

/// <summary>What becomes of a contact when its partner is PUT.</summary>
public static class ContactRules
{
    public const string DefaultLanguage = "en";

    /// <summary>
    /// What is not stated stays as it is, or gets the default where nothing is there yet; a digest that the contact chose
    /// itself stays whatever is stated.
    /// </summary>
    public static Contact Next(string partnerId, string partnerName, ContactStatement stated, Contact? present, string forumTimeZone)
    {
        var known = present is { IsPresent: true } ? present : null;
        var chosen = present is { ChosenByContact: true };
        var digest = present?.Digest ?? DigestChoice.Default;
        return new Contact(
            partnerId, stated.Id,
            stated.Name ?? known?.Name ?? partnerName,
            stated.Email ?? known?.Email ?? throw new InvalidOperationException("A new contact needs an address."),
            stated.Language ?? known?.Language ?? DefaultLanguage,
            stated.TimeZone ?? known?.TimeZone ?? forumTimeZone,
            chosen || stated.Digest is null ? digest : stated.Digest.Over(digest))
        {
            ChosenByContact = chosen,
        };
    }

    /// <summary>What stays of a contact that was removed: nothing, or its own choice without the person.</summary>
    public static Contact? Left(Contact removed)
        => removed.ChosenByContact ? removed with { Name = "", Email = "" } : null;
}
