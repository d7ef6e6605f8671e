using FundingFlow.Access;
using FundingFlow.Storage;
using FundingFlow.Validation;

namespace FundingFlow.Cities;

/// <summary>A city as the API gives it; its twins are those that either side stated.</summary>
public sealed record CityView(
    string Id, string Name, IReadOnlyList<string> Aliases, string Country, string? TimeZone,
    decimal? Latitude, decimal? Longitude, IReadOnlyList<string> Twins, Situation Situation)
{
    internal static CityView From(City city, CityIndex index)
        => new(city.Id, city.Name, city.Aliases, city.Country, city.TimeZone, city.Latitude, city.Longitude, index.TwinsOf(city.Id), city.Situation);
}

/// <summary>PUT, GET and list of cities.</summary>
public sealed class CityRegister(CityDirectory cities)
{
    public const int PageSize = 100;

    public async Task<Outcome<Stored<CityView>>> PutAsync(
        string id, CityStatement statement, Precondition condition, Caller caller, CancellationToken stop)
    {
        if (!Slug.IsValid(id)) return Refusal.Invalid("/id", Slug.Rule);
        if (statement.Id is { } stated && stated != id) return Refusal.Invalid("/id", "must be the id in the address, or be left out");
        if (!caller.IsStaff && !(caller.Role == Role.City && caller.Cities.Contains(id)))
            return Refusal.Forbidden($"This key does not act for the city {id}.");
        var twins = await TwinsAsync(id, statement.Twins, stop);
        if (twins.Refusal is { } unknown) return unknown;
        var city = new City(id, statement.Name, statement.Aliases, statement.Country, statement.TimeZone,
            statement.Latitude, statement.Longitude, twins.Value, statement.Situation);
        var put = await cities.PutAsync(id, condition, city, stop);
        if (put.Refusal is { } refused) return refused;
        var index = await cities.IndexAsync(stop);
        return new Stored<CityView>(CityView.From(put.Value.Value, index), put.Value.ETag, put.Value.Effect);
    }

    public async Task<Outcome<Stored<CityView>>> GetAsync(string id, CancellationToken stop)
    {
        if (await cities.StoredAsync(id, stop) is not { } stored) return Refusal.NotFound($"There is no city {id}.");
        return new Stored<CityView>(CityView.From(stored.Value, await cities.IndexAsync(stop)), stored.ETag);
    }

    public async Task<Outcome<ListPage<CityView>>> ListAsync(string? continuation, CancellationToken stop)
    {
        var page = await cities.PageAsync(continuation, PageSize, stop);
        if (page.Refusal is { } no) return no;
        var index = await cities.IndexAsync(stop);
        return new ListPage<CityView>([.. page.Value.Items.Select(city => CityView.From(city, index))], page.Value.Continuation);
    }

    private async Task<Outcome<List<string>>> TwinsAsync(string id, IReadOnlyList<string> typed, CancellationToken stop)
    {
        var errors = new InputErrors();
        var twins = new List<string>();
        foreach (var (text, i) in typed.Select((text, i) => (text, i)))
        {
            if (await cities.ResolveAsync(text, null, stop) is not { } twin)
                errors.Add($"/twins/{i}", $"names no known city, or several: {text} (create it first; it is enough that one side names the other)");
            else if (twin.Id == id) errors.Add($"/twins/{i}", "is the city itself");
            else if (!twins.Contains(twin.Id)) twins.Add(twin.Id);
        }

        return errors.Any ? errors.ToRefusal() : twins;
    }
}
