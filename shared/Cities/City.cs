namespace FundingFlow.Cities;

public enum Situation { Peace, Conflict, PostConflict }

/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="Twins">Ids of twin cities; the relation holds both ways whichever side states it.</param>
public sealed record City(
    string Id, string Name, IReadOnlyList<string> Aliases, string Country, string? TimeZone,
    decimal? Latitude, decimal? Longitude, IReadOnlyList<string> Twins, Situation Situation)
{
    public int Version { get; init; } = 1;
}

/// <summary>Looks cities up; answers may be a few seconds old.</summary>
public interface ICities
{
    Task<City?> FindAsync(string id, CancellationToken stop);

    /// <summary>By id, name or alias (case and accents do not matter); null when none or several fit.</summary>
    Task<City?> ResolveAsync(string idOrName, string? country, CancellationToken stop);

    /// <summary>Resolves, or creates a city of that name in that country.</summary>
    Task<City> ResolveOrCreateAsync(string idOrName, string country, CancellationToken stop);

    IAsyncEnumerable<City> AllAsync(CancellationToken stop);

    /// <summary>Ids of the city's twins, stated by either side.</summary>
    Task<IReadOnlyList<string>> TwinsOfAsync(string id, CancellationToken stop);
}
