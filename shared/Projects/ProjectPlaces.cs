using FundingFlow.Cities;
using FundingFlow.Validation;

namespace FundingFlow.Projects;

/// <summary>Finds the cities that a project's statement names.</summary>
public sealed class ProjectPlaces(ICities cities)
{
    /// <param name="NeedCities">Ids, in the order of the statement's needs.</param>
    public sealed record Found(string City, string Country, IReadOnlyList<string> NeedCities);

    /// <param name="mayCreate">The project's city is created from name and country when it is not known.</param>
    public Task<Outcome<Found>> FindAsync(ProjectStatement statement, bool mayCreate, CancellationToken stop)
        => FindAsync(statement, async country => mayCreate
            ? await cities.ResolveOrCreateAsync(statement.City, country, stop)
            : Refusal.Forbidden($"This key does not act for the city {statement.City}."), stop);

    /// <summary>As if a city that is not known had been created: nothing is stored.</summary>
    public Task<Outcome<Found>> ImagineAsync(ProjectStatement statement, CancellationToken stop)
        => FindAsync(statement, country => Task.FromResult<Outcome<City>>(
            new City("new-city", statement.City, [], country, null, null, null, [], Situation.Peace)), stop);

    private async Task<Outcome<Found>> FindAsync(ProjectStatement statement, Func<string, Task<Outcome<City>>> make, CancellationToken stop)
    {
        var errors = new InputErrors();
        var city = await cities.ResolveAsync(statement.City, statement.Country, stop);
        if (city is null && statement.Country is null)
            errors.Add("/city", "is no city known here, or several; give country too (an unknown city is then created), or its id");
        var needCities = new List<string?>();
        foreach (var need in statement.Needs)
        {
            var found = need.City is null ? null : await cities.ResolveAsync(need.City, null, stop) ?? await InCountryAsync(need.City, city?.Country ?? statement.Country, stop);
            if (need.City is not null && found is null)
                errors.Add($"{need.Pointer}/city", "is no city known here, or several: give its id, or create it first");
            needCities.Add(found?.Id);
        }

        if (errors.Any) return errors.ToRefusal();
        if (city is null)
        {
            var made = await make(statement.Country!);
            if (made.Refusal is { } no) return no;
            city = made.Value;
        }

        return new Found(city.Id, statement.Country ?? city.Country, [.. needCities.Select(id => id ?? city.Id)]);
    }

    private async Task<City?> InCountryAsync(string name, string? country, CancellationToken stop)
        => country is null ? null : await cities.ResolveAsync(name, country, stop);
}
