using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FundingFlow.Access;
using Microsoft.Extensions.Options;

namespace FundingFlow.Functions.Dashboard;

/// <summary>
/// What a browser carries instead of the key: the key's id and an expiry, signed. The signing key is derived from the
/// configured staff key, so that all instances agree on it and a new staff key ends every session.
/// </summary>
public sealed class SessionCookie(IOptions<AccessOptions> options, TimeProvider clock)
{
    public const string Name = "ff_staff";
    public static readonly TimeSpan Lasts = TimeSpan.FromHours(12);

    private static readonly byte[] Purpose = "fundingflow dashboard session 1"u8.ToArray();

    private readonly byte[]? signingKey = string.IsNullOrEmpty(options.Value.StaffKey)
        ? null
        : HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(options.Value.StaffKey), 32, info: Purpose);

    /// <summary>Without a configured staff key nothing can be signed.</summary>
    public bool IsPossible => signingKey is not null;

    public string Issue(string keyId)
    {
        var claim = $"{keyId}.{(clock.GetUtcNow() + Lasts).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)}";
        return $"{claim}.{Base64Url.EncodeToString(Sign(claim))}";
    }

    /// <summary>The id of the key that was exchanged for it; null when the cookie is not ours, was changed, or has expired.</summary>
    public string? KeyIdOf(string? cookie)
    {
        if (signingKey is null || cookie is null || cookie.Length > 200 || cookie.Split('.') is not [var keyId, var expiry, var signature]) return null;
        var claimed = Encoding.ASCII.GetBytes(signature);
        var right = Encoding.ASCII.GetBytes(Base64Url.EncodeToString(Sign($"{keyId}.{expiry}")));
        if (!CryptographicOperations.FixedTimeEquals(claimed, right)) return null;
        return long.TryParse(expiry, NumberStyles.None, CultureInfo.InvariantCulture, out var until)
            && clock.GetUtcNow().ToUnixTimeSeconds() < until ? keyId : null;
    }

    private byte[] Sign(string claim)
        => HMACSHA256.HashData(signingKey ?? throw new InvalidOperationException("No staff key is configured."), Encoding.UTF8.GetBytes(claim));
}
