using System.Collections.Frozen;

namespace FundingFlow.Projects;

/// <summary>The seven areas of attraction, and the partition for what no area has taken yet.</summary>
public static class Areas
{
    public const string CityDiplomacy = "city-diplomacy";
    public const string Culture = "culture";
    public const string Youth = "youth";
    public const string SocioEconomic = "socio-economic";
    public const string Ict = "ict";
    public const string Sport = "sport";
    public const string Tourism = "tourism";

    /// <summary>Where unearmarked lines stand while no area has a need for them.</summary>
    public const string Any = "any";

    private static readonly FrozenDictionary<string, string> Names = new Dictionary<string, string>
    {
        [CityDiplomacy] = "City diplomacy",
        [Culture] = "Culture",
        [Youth] = "Youth",
        [SocioEconomic] = "Socio-economic",
        [Ict] = "IC Technologies",
        [Sport] = "Sport",
        [Tourism] = "Tourism",
    }.ToFrozenDictionary();

    /// <summary>The slugs in the Forum's own order.</summary>
    public static readonly IReadOnlyList<string> All = [CityDiplomacy, Culture, Youth, SocioEconomic, Ict, Sport, Tourism];

    public static bool IsArea(string slug) => Names.ContainsKey(slug);

    public static string NameOf(string slug) => Names.GetValueOrDefault(slug, slug);
}
