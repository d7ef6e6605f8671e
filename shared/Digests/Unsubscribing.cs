using FundingFlow.Partners;

namespace FundingFlow.Digests;

/// <summary>One click ends the digests of a contact, without signing in (RFC 8058).</summary>
public sealed class Unsubscribing(LinkTokens tokens, IPartners partners, IContactChoices choices)
{
    /// <summary>The contact that the link was made for; null when the link does not hold, or the contact is gone.</summary>
    public async Task<Contact?> FindAsync(string? token, CancellationToken stop)
        => tokens.Read(token, LinkPurpose.Unsubscribe) is { } subject
            ? (await partners.ContactsOfAsync(subject.PartnerId, stop)).FirstOrDefault(contact => contact.Id == subject.ContactId)
            : null;

    /// <summary>From now on no digest; its areas stay chosen. Again: no change. The language to answer in; null as above.</summary>
    public async Task<Language?> EndAsync(string? token, CancellationToken stop)
    {
        if (await FindAsync(token, stop) is not { } contact) return null;
        var choice = contact.Digest with { Frequency = DigestFrequency.Never };
        return await choices.ChooseAsync(contact.PartnerId, contact.Id, choice, stop) is { } chosen ? Language.Of(chosen.Language) : null;
    }
}
