using System.Globalization;
using System.Text;

namespace FundingFlow.Cities;

/// <summary>Names of places as people type them.</summary>
public static class PlaceNames
{
    /// <summary>The same text for names that differ in case, accents or spacing only ("  SÃO  Paulo" → "sao paulo").</summary>
    public static string Fold(string name)
    {
        var folded = new StringBuilder(name.Length);
        foreach (var c in name.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark) continue;
            if (!char.IsWhiteSpace(c)) folded.Append(Plain(char.ToLowerInvariant(c)));
            else if (folded.Length > 0 && folded[^1] != ' ') folded.Append(' ');
        }

        return folded.ToString().TrimEnd().Normalize(NormalizationForm.FormC);
    }

    /// <summary>Letters whose stroke or ligature Unicode does not take apart.</summary>
    private static string Plain(char lower) => lower switch
    {
        'ø' => "o",
        'ł' => "l",
        'đ' => "d",
        'ı' => "i",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        '’' => "'",
        _ => lower.ToString(),
    };
}
