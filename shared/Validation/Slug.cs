using System.Globalization;
using System.Text;

namespace FundingFlow.Validation;

/// <summary>Ids that users choose: <c>[a-z0-9-]{1,64}</c>, so that they are safe in table keys, URLs and mail headers.</summary>
public static class Slug
{
    public const string Rule = "must be a slug: 1 to 64 of the characters a-z, 0-9 and -";

    public static bool IsValid(string text)
        => text.Length is >= 1 and <= 64 && text.All(c => c is >= 'a' and <= 'z' or >= '0' and <= '9' or '-');

    /// <summary>A slug from a name: accents dropped, anything else becomes a hyphen ("São Paulo" → "sao-paulo"). Empty when nothing is left.</summary>
    public static string From(string name)
    {
        var slug = new StringBuilder(name.Length);
        foreach (var c in name.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark) continue;
            var lower = char.ToLowerInvariant(c);
            if (lower is >= 'a' and <= 'z' or >= '0' and <= '9') slug.Append(lower);
            else if (slug.Length > 0 && slug[^1] != '-') slug.Append('-');
        }

        var text = slug.ToString().Trim('-');
        return text.Length <= 64 ? text : text[..64].Trim('-');
    }
}
