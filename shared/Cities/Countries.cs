using System.Collections.Frozen;
using FundingFlow.Money;

namespace FundingFlow.Cities;

/// <param name="Alpha2">ISO 3166-1; likewise <paramref name="Alpha3"/> and the English short name.</param>
/// <param name="IsRecipient">On the OECD DAC list of recipients: the South of the criterion universality.</param>
public sealed record Country(string Alpha2, string Alpha3, string Name, bool IsRecipient);

/// <summary>The 249 countries and territories of ISO 3166-1.</summary>
public static class Countries
{
    public const string Rule = "must be a country by ISO 3166 code (IT, ITA) or English name (Italy)";

    /// <summary>Columns alpha2, alpha3, names (the short name, then others, between |), dac (1: recipient).</summary>
    private static readonly IReadOnlyList<(Country Country, string[] Names)> Rows = [.. EmbeddedTable.Read("countries.csv").Select(row =>
    {
        var names = row[2].Split('|');
        return (new Country(row[0], row[1], names[0], row[3] == "1"), names);
    })];

    private static readonly FrozenDictionary<string, Country> ByText = Rows
        .SelectMany(row => row.Names.Append(row.Country.Alpha2).Append(row.Country.Alpha3).Select(text => (Text: PlaceNames.Fold(text), row.Country)))
        .ToFrozenDictionary(pair => pair.Text, pair => pair.Country, StringComparer.Ordinal);

    public static IReadOnlyList<Country> All { get; } = [.. Rows.Select(row => row.Country)];

    /// <summary>By alpha-2, alpha-3 or name; case and accents do not matter. Null when it is none.</summary>
    public static Country? Find(string text) => ByText.GetValueOrDefault(PlaceNames.Fold(text));

    /// <summary>The name of an alpha-2 code; the code itself where it is not known.</summary>
    public static string NameOf(string alpha2) => Find(alpha2)?.Name ?? alpha2;
}
