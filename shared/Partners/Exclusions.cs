namespace FundingFlow.Partners;

/// <summary>Where a partner does not give: nothing of it is ever placed there, whatever the gain.</summary>
/// <param name="Areas">Slugs.</param>
/// <param name="Projects">Ids.</param>
/// <param name="Cities">Ids.</param>
/// <param name="Countries">ISO 3166-1 alpha-2.</param>
public sealed record Exclusions(IReadOnlyList<string> Areas, IReadOnlyList<string> Projects, IReadOnlyList<string> Cities, IReadOnlyList<string> Countries)
{
    public bool Cover(string area, string projectId, string city, string country)
        => Areas.Contains(area) || Projects.Contains(projectId) || Cities.Contains(city) || Countries.Contains(country);

    /// <summary>Null where it excludes nothing.</summary>
    public Exclusions? OrNull() => Areas.Count + Projects.Count + Cities.Count + Countries.Count == 0 ? null : this;
}
