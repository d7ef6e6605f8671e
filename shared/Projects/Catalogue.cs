using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using FundingFlow.Money;
using FundingFlow.Validation;

namespace FundingFlow.Projects;

/// <param name="Slug">Never empty.</param>
/// <param name="Unit">What it is counted in: piece, kg, l, m, or as given.</param>
/// <param name="Known">Item and unit are the catalogue's; else it stands open and staff see it.</param>
public readonly record struct CatalogueItem(string Slug, string Unit, int Exponent, bool Known);

public readonly record struct CatalogueSkill(string Slug, bool Known);

/// <summary>One name for each good and each skill, so that a "notebook" that is offered meets the "laptop" that is needed.</summary>
public static class Catalogue
{
    public const string Piece = "piece";
    private const int MeasuredExponent = 3;

    private static readonly FrozenDictionary<string, (string Slug, string Unit)> Items = EmbeddedTable.Read("items.csv")
        .SelectMany(row => Names(row[0], row[2]).Select(name => (name, Item: (row[0], row[1]))))
        .ToFrozenDictionary(pair => pair.name, pair => pair.Item, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Skills = EmbeddedTable.Read("skills.csv")
        .SelectMany(row => Names(row[0], row[1]).Select(name => (name, row[0])))
        .ToFrozenDictionary(pair => pair.name, pair => pair.Item2, StringComparer.Ordinal);

    /// <summary>The languages that names are in, by their column.</summary>
    private static readonly string[] Languages = ["en", "it", "fr"];

    private static readonly FrozenDictionary<string, string[]> Spoken = EmbeddedTable.Read("names.csv")
        .ToFrozenDictionary(row => row[0], row => row[1..], StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Units = new Dictionary<string, string>
    {
        ["piece"] = Piece, ["pcs"] = Piece, ["pc"] = Piece, ["unit"] = Piece, ["item"] = Piece, ["set"] = Piece, ["each"] = Piece,
        ["kg"] = "kg", ["kilo"] = "kg", ["kilogram"] = "kg", ["kilogramme"] = "kg",
        ["l"] = "l", ["litre"] = "l", ["liter"] = "l",
        ["m"] = "m", ["metre"] = "m", ["meter"] = "m",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Slugs of the goods and of the skills that have a name here.</summary>
    public static IReadOnlyList<string> KnownItems { get; } = [.. Items.Values.Select(item => item.Slug).Distinct().Order(StringComparer.Ordinal)];
    public static IReadOnlyList<string> KnownSkills { get; } = [.. Skills.Values.Distinct().Order(StringComparer.Ordinal)];

    /// <param name="item">As people write it, in singular or plural.</param>
    /// <param name="unit">Null: the item's own, or pieces.</param>
    public static CatalogueItem Item(string item, string? unit)
    {
        var named = TryFind(Items, item, out var found);
        var measure = unit is null ? (named ? found.Unit : Piece) : UnitOf(unit);
        return new CatalogueItem(named ? found.Slug : SlugOf(item), measure, measure == Piece ? 0 : MeasuredExponent, named && measure == found.Unit);
    }

    public static CatalogueSkill Skill(string skill)
        => TryFind(Skills, skill, out var slug) ? new CatalogueSkill(slug, true) : new CatalogueSkill(SlugOf(skill), false);

    /// <summary>Of a good or a skill, as people read it; what the catalogue does not have is named as it was written, in lower case.</summary>
    /// <param name="language">en, it or fr.</param>
    public static string NameOf(string slug, string language = "en")
    {
        ArgumentNullException.ThrowIfNull(slug);
        return Spoken.TryGetValue(slug, out var names) && Array.IndexOf(Languages, language) is >= 0 and var column ? names[column] : slug.Replace('-', ' ');
    }

    /// <summary>Whether amounts in this unit can meet: money always, goods and hours where the catalogue has them.</summary>
    public static bool Knows(Unit unit) => unit.Kind switch
    {
        ResourceKind.InKind => Item(unit.Code, unit.Measure).Known,
        ResourceKind.Time => Skill(unit.Code).Known,
        _ => true,
    };

    private static string UnitOf(string unit) => TryFind(Units, unit, out var known) ? known : SlugOf(unit);

    private static IEnumerable<string> Names(string slug, string aliases)
        => aliases.Split('|').Select(Slug.From).Prepend(slug).Distinct(StringComparer.Ordinal);

    private static bool TryFind<T>(FrozenDictionary<string, T> table, string text, out T found)
    {
        var slug = Slug.From(text);
        return table.TryGetValue(slug, out found!)
            || (slug.EndsWith('s') && table.TryGetValue(slug[..^1], out found!))
            || (slug.EndsWith("es", StringComparison.Ordinal) && table.TryGetValue(slug[..^2], out found!))
            || (slug.EndsWith("ies", StringComparison.Ordinal) && table.TryGetValue(slug[..^3] + "y", out found!));
    }

    /// <summary>Text in a script that leaves no letter of a slug gets a stable one made of its hash.</summary>
    private static string SlugOf(string text)
        => Slug.From(text) is { Length: > 0 } slug ? slug : "x-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..12];
}
