using System.Security.Cryptography;
using System.Text;
using FundingFlow.Storage;
using FundingFlow.Validation;

namespace FundingFlow.Cities;

/// <summary>The cities in the table. Lookups come from memory, at most five seconds old; own writes are seen at once.</summary>
public sealed class CityDirectory : ICities, IDisposable
{
    private readonly Documents<City> documents;
    private readonly RecentWhole<CityIndex> recent;

    public CityDirectory(ITables tables, TimeProvider clock)
    {
        documents = new Documents<City>(tables, TableNames.Cities, "cities");
        recent = new RecentWhole<CityIndex>(clock, TimeSpan.FromSeconds(5), async stop => CityIndex.Of(await documents.AllAsync(stop).ToListAsync(stop)));
    }

    public async Task<City?> FindAsync(string id, CancellationToken stop)
        => (await IndexAsync(stop)).Find(id) ?? (await documents.FindAsync(id, stop))?.Value;

    public async Task<City?> ResolveAsync(string idOrName, string? country, CancellationToken stop)
    {
        var meant = (await IndexAsync(stop)).Meant(idOrName, country);
        return meant.Count switch
        {
            1 => meant[0],
            // Another instance may have made it a moment ago: an id can be looked up.
            0 when (await documents.FindAsync(idOrName, stop))?.Value is { } made && (country is null || made.Country == country) => made,
            _ => null,
        };
    }

    public async Task<City> ResolveOrCreateAsync(string idOrName, string country, CancellationToken stop)
    {
        if ((await IndexAsync(stop)).Meant(idOrName, country) is [var first, ..]) return first;
        foreach (var id in IdsFor(idOrName, country))
        {
            var made = new City(id, idOrName, [], country, null, null, null, [], Situation.Peace);
            var put = (await documents.PutAsync(id, Precondition.None, present => Task.FromResult<Outcome<City>>(present ?? made), stop)).Value.Value;
            await recent.ChangeAsync(index => index.With(put), stop);
            // The id may belong to another place of that name; then the next candidate.
            if (put.Country == country && CityIndex.Of([put]).Meant(idOrName, country).Count == 1) return put;
        }

        throw new InvalidOperationException($"No id is free for a city in {country}.");
    }

    public IAsyncEnumerable<City> AllAsync(CancellationToken stop) => documents.AllAsync(stop);

    public async Task<IReadOnlyList<string>> TwinsOfAsync(string id, CancellationToken stop) => (await IndexAsync(stop)).TwinsOf(id);

    internal ValueTask<CityIndex> IndexAsync(CancellationToken stop) => recent.GetAsync(stop);

    internal Task<Stored<City>?> StoredAsync(string id, CancellationToken stop) => documents.FindAsync(id, stop);

    internal Task<Outcome<ListPage<City>>> PageAsync(string? continuation, int size, CancellationToken stop)
        => documents.PageAsync(continuation, size, _ => true, stop);

    internal async Task<Outcome<Stored<City>>> PutAsync(string id, Precondition condition, City city, CancellationToken stop)
    {
        var put = await documents.PutAsync(id, condition, _ => Task.FromResult<Outcome<City>>(city), stop);
        if (put.Refusal is null) await recent.ChangeAsync(index => index.With(put.Value.Value), stop);
        return put;
    }

    public void Dispose() => recent.Dispose();

    /// <summary>The name as a slug; with the country where that is taken; with a hash where that is too, or nothing is left of the name.</summary>
    private static IEnumerable<string> IdsFor(string name, string country)
    {
        var slug = Slug.From(PlaceNames.Fold(name));
        var lower = country.ToLowerInvariant();
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(PlaceNames.Fold(name) + "|" + country)));
        if (slug.Length > 0)
        {
            yield return slug;
            yield return Cut(slug, 61) + "-" + lower;
        }

        yield return $"{(slug.Length > 0 ? Cut(slug, 48) : "city")}-{lower}-{hash[..10]}";
    }

    private static string Cut(string slug, int longest) => slug.Length <= longest ? slug : slug[..longest];
}
