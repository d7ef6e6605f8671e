using FundingFlow.Partners;

namespace FundingFlow.Digests;

/// <summary>What a contact decides for itself; a PUT of its partner never overrides it.</summary>
public interface IContactChoices
{
    /// <summary>False when there is no such contact (any more). Repeating it changes nothing more.</summary>
    Task<bool> SetFrequencyAsync(string partnerId, string contactId, DigestFrequency frequency, CancellationToken stop);
}
