using System.Collections.Immutable;

namespace FundingFlow.Cities;

/// <summary>All cities, found by id, name or alias, with twins both ways. Immutable.</summary>
public sealed class CityIndex
{
    private readonly ImmutableDictionary<string, City> byId;
    private readonly Lazy<ILookup<string, City>> byName;
    private readonly Lazy<ILookup<string, string>> statedBy;

    private CityIndex(ImmutableDictionary<string, City> byId)
    {
        this.byId = byId;
        byName = new(() => Named().ToLookup(pair => pair.Name, pair => pair.City, StringComparer.Ordinal));
        statedBy = new(() => byId.Values.SelectMany(city => city.Twins.Select(twin => (twin, city.Id))).ToLookup(pair => pair.twin, pair => pair.Id, StringComparer.Ordinal));
    }

    public static CityIndex Of(IEnumerable<City> cities)
        => new(cities.ToImmutableDictionary(city => city.Id, StringComparer.Ordinal));

    public CityIndex With(City city) => new(byId.SetItem(city.Id, city));

    public City? Find(string id) => byId.GetValueOrDefault(id);

    /// <summary>
    /// Cities that the text means, in <paramref name="country"/> when it is given: the one with that id, else those with that
    /// name, else those with that alias; in order of ids.
    /// </summary>
    public IReadOnlyList<City> Meant(string idOrName, string? country)
    {
        if (Find(idOrName) is { } exact && (country is null || exact.Country == country)) return [exact];
        var folded = PlaceNames.Fold(idOrName);
        var named = byName.Value[folded].Where(city => country is null || city.Country == country)
            .Distinct().OrderBy(city => city.Id, StringComparer.Ordinal).ToList();
        var byMainName = named.Where(city => IsNamed(city, folded)).ToList();
        if (byMainName.Count > 0) return byMainName;
        return named.Count == 0 && Find(folded) is { } id && (country is null || id.Country == country) ? [id] : named;
    }

    /// <summary>Ids of twins, stated by either side, in order; only cities that exist.</summary>
    public IReadOnlyList<string> TwinsOf(string id)
        => [.. (Find(id)?.Twins ?? []).Concat(statedBy.Value[id]).Where(byId.ContainsKey).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static bool IsNamed(City city, string folded) => PlaceNames.Fold(city.Name) == folded;

    private IEnumerable<(string Name, City City)> Named()
        => byId.Values.SelectMany(city => city.Aliases.Prepend(city.Name).Select(name => (PlaceNames.Fold(name), city)));
}
