using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FundingFlow.Digests;

/// <summary>What a signed link is for: one made for one purpose opens no other.</summary>
public static class LinkPurpose
{
    public const string Unsubscribe = "unsubscribe";
}

/// <summary>The contact that a link was made for.</summary>
public sealed record LinkSubject(string PartnerId, string ContactId);

/// <summary>
/// Signed, expiring tokens for links in mails: partner|contact|purpose|expiry, with its HMAC-SHA256, both in URL-safe
/// Base64. Signed, not secret: it holds ids only.
/// </summary>
public sealed class LinkTokens(SigningKey key, TimeProvider clock)
{
    private const int MostCharacters = 1000;

    public string Make(LinkSubject subject, string purpose, DateTimeOffset expires)
    {
        var payload = Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"{subject.PartnerId}|{subject.ContactId}|{purpose}|{expires.ToUnixTimeSeconds()}"));
        return $"{Base64Url.EncodeToString(payload)}.{Base64Url.EncodeToString(HMACSHA256.HashData(key.Bytes, payload))}";
    }

    /// <summary>Null when the token was not made here for this purpose, was changed, or has expired.</summary>
    public LinkSubject? Read(string? token, string purpose)
    {
        if (token is null || token.Length > MostCharacters || token.Split('.') is not [var body, var mac]) return null;
        if (!Base64Url.IsValid(body) || !Base64Url.IsValid(mac)) return null;
        var payload = Base64Url.DecodeFromChars(body);
        if (!CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(key.Bytes, payload), Base64Url.DecodeFromChars(mac))) return null;
        return Encoding.UTF8.GetString(payload).Split('|') is [var partner, var contact, var made, var expiry]
               && made == purpose
               && long.TryParse(expiry, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
               && clock.GetUtcNow().ToUnixTimeSeconds() < seconds
            ? new LinkSubject(partner, contact)
            : null;
    }
}

/// <summary>The key that signs links.</summary>
public sealed class SigningKey
{
    private const int Length = 32;
    private readonly byte[]? bytes;

    /// <param name="configured">Wins when it is there.</param>
    /// <param name="staffKey">Else a key is derived from it (HKDF), which says nothing about it.</param>
    public SigningKey(string? configured, string? staffKey)
        => bytes = !string.IsNullOrEmpty(configured) ? Derive(configured)
            : !string.IsNullOrEmpty(staffKey) ? Derive(staffKey)
            : null;

    /// <exception cref="InvalidOperationException">Neither key is configured.</exception>
    internal ReadOnlySpan<byte> Bytes => bytes ?? throw new InvalidOperationException(
        "Links cannot be signed: set FundingFlow:Digests:SigningKey, or FundingFlow:Access:StaffKey from which a key is derived.");

    private static byte[] Derive(string secret)
        => HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), Length, info: "FundingFlow links v1"u8.ToArray());
}
