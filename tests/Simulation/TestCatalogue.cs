using System.Collections.Concurrent;
using FundingFlow.Cities;
using FundingFlow.Partners;
using FundingFlow.Projects;

namespace FundingFlow.Tests.Simulation;

/// <summary>Partners, cities and projects that a test puts in by hand.</summary>
public sealed class TestCatalogue : IPartners, ICities, IProjects
{
    public ConcurrentDictionary<string, Partner> Partners { get; } = new();
    public ConcurrentDictionary<string, City> Cities { get; } = new();
    public ConcurrentDictionary<string, Project> Projects { get; } = new();

    Task<Partner?> IPartners.FindAsync(string id, CancellationToken stop) => Task.FromResult(Partners.GetValueOrDefault(id));
    IAsyncEnumerable<Partner> IPartners.AllAsync(CancellationToken stop) => Partners.Values.OrderBy(p => p.Id, StringComparer.Ordinal).ToAsyncEnumerable();
    Task<IReadOnlyList<Contact>> IPartners.ContactsOfAsync(string partnerId, CancellationToken stop) => Task.FromResult<IReadOnlyList<Contact>>([]);

    Task<City?> ICities.FindAsync(string id, CancellationToken stop) => Task.FromResult(Cities.GetValueOrDefault(id));
    Task<City?> ICities.ResolveAsync(string idOrName, string? country, CancellationToken stop) => Task.FromResult(Cities.GetValueOrDefault(idOrName));
    Task<City> ICities.ResolveOrCreateAsync(string idOrName, string country, CancellationToken stop)
        => Task.FromResult(Cities.GetOrAdd(idOrName, id => new City(id, id, [], country, null, null, null, [], Situation.Peace)));
    IAsyncEnumerable<City> ICities.AllAsync(CancellationToken stop) => Cities.Values.OrderBy(c => c.Id, StringComparer.Ordinal).ToAsyncEnumerable();
    Task<IReadOnlyList<string>> ICities.TwinsOfAsync(string id, CancellationToken stop)
        => Task.FromResult<IReadOnlyList<string>>(Cities.TryGetValue(id, out var city) ? city.Twins : []);

    Task<Project?> IProjects.FindAsync(string id, CancellationToken stop) => Task.FromResult(Projects.GetValueOrDefault(id));
    IAsyncEnumerable<Project> IProjects.AllAsync(CancellationToken stop) => Projects.Values.OrderBy(p => p.Id, StringComparer.Ordinal).ToAsyncEnumerable();
}
