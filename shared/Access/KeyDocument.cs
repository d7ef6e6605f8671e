using System.Security.Cryptography;
using System.Text;

namespace FundingFlow.Access;

/// <summary>A key as it is kept: everything but the key itself, whose SHA-256 is the row's key.</summary>
/// <param name="Label">What staff call it.</param>
/// <param name="Partners">Ids; likewise projects and cities.</param>
public sealed record KeyDocument(
    string Id, Role Role, string? Label, IReadOnlyList<string> Partners, IReadOnlyList<string> Projects, IReadOnlyList<string> Cities,
    DateTimeOffset CreatedAt)
{
    public int V { get; init; } = 1;

    public Caller ToCaller() => new(Id, Role, Partners, Projects, Cities);
}

/// <summary>A key in clear: <c>ff_</c> and 256 random bits. Shown once, then only its hash is known.</summary>
public static class KeyText
{
    private const string Prefix = "ff_";
    private const int Length = 46;

    public static string Draw()
        => Prefix + System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static bool LooksRight(string text) => text.Length == Length && text.StartsWith(Prefix, StringComparison.Ordinal);

    public static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    /// <summary>An opaque id, made of the hash so that the id leads to the row; it tells nothing about the key.</summary>
    public static string IdOf(string hash) => hash[..16];
}
