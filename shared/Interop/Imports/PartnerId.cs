using System.Security.Cryptography;
using System.Text;
using FundingFlow.Validation;

namespace FundingFlow.Interop.Imports;

/// <summary>The id of a partner that a file only names.</summary>
public static class PartnerId
{
    private const int Longest = 64;

    /// <summary>
    /// The name's slug. A name that is longer than a slug can be, or has no letter that a slug can hold, gets part of its hash, so
    /// that two partners never become one.
    /// </summary>
    public static string From(string name)
    {
        var slug = Slug.From(name);
        if (slug.Length > 0 && name.Length <= Longest) return slug;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..10];
        return slug.Length == 0 ? "partner-" + hash : $"{(slug.Length > 53 ? slug[..53].TrimEnd('-') : slug)}-{hash}";
    }
}
