using System.Text.RegularExpressions;
using FundingFlow.Validation;

namespace FundingFlow.Cities;

/// <summary>Members that name places, for every request that has them.</summary>
public static partial class PlaceInput
{
    /// <summary>ISO 3166-1 alpha-2, from alpha-2, alpha-3 or the English short name.</summary>
    public static string? Country(this JsonInput input, string name, bool required = false)
    {
        var text = input.Text(name, 100, required);
        if (text is null) return null;
        if (Countries.Find(text) is { } country) return country.Alpha2;
        input.Error(name, Countries.Rule);
        return null;
    }

    /// <summary>An IANA time zone such as <c>Africa/Kigali</c>.</summary>
    public static string? TimeZone(this JsonInput input, string name)
    {
        var text = input.Text(name, 64);
        if (text is null) return null;
        if (IanaShape().IsMatch(text) && TimeZoneInfo.TryFindSystemTimeZoneById(text, out var zone) && zone.HasIanaId) return text;
        input.Error(name, "must be an IANA time zone such as Europe/Rome");
        return null;
    }

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+){0,2}$")]
    private static partial Regex IanaShape();
}
