using System.Security.Cryptography;
using System.Text;
using FundingFlow.Storage;

namespace FundingFlow.Pledges;

/// <summary>
/// A pledge's id is its partner and a part derived from the idempotency key: <c>municipality-of-rome.7f3k…</c>. The same
/// partner and key always give the same id, so a repetition finds the first one.
/// </summary>
public static class PledgeId
{
    private const string Base32 = "abcdefghijklmnopqrstuvwxyz234567";

    public static string Of(string partnerId, string idempotencyKey) => $"{partnerId}.{Short(partnerId + "\n" + idempotencyKey)}";

    /// <summary>The partner in an id; null when the text is no pledge id.</summary>
    public static string? PartnerOf(string? pledgeId)
    {
        if (pledgeId is null) return null;
        var point = pledgeId.IndexOf('.', StringComparison.Ordinal);
        return point > 0 && point == pledgeId.Length - 17 && Validation.Slug.IsValid(pledgeId[..point])
            && pledgeId[(point + 1)..].All(Base32.Contains) ? pledgeId[..point] : null;
    }

    /// <summary>16 characters of base 32: 80 bits of SHA-256.</summary>
    public static string Short(string text)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        return string.Create(16, hash, static (id, bytes) =>
        {
            for (var i = 0; i < 16; i++)
            {
                var bit = i * 5;
                var window = (bytes[bit / 8] << 8) | bytes[(bit / 8) + 1];
                id[i] = Base32[(window >> (11 - (bit % 8))) & 31];
            }
        });
    }

    /// <summary>Tells one parsed content from another.</summary>
    public static string ContentHash<T>(T content) => Short(Wire.Write(content));
}
