using FundingFlow.Cities;
using FundingFlow.Validation;

namespace FundingFlow.Projects;

/// <summary>Which projects a list asks for; null: any.</summary>
/// <param name="City">Id: the project's or one of its needs'.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="ByGap">Largest gap first, in the reporting currency; else in order of ids.</param>
public sealed record ProjectQuery(string? Area, string? City, string? Country, bool ByGap)
{
    public static async Task<Outcome<ProjectQuery>> ReadAsync(
        string? area, string? city, string? country, string? sort, ICities cities, CancellationToken stop)
    {
        var errors = new InputErrors();
        if (area is not null && !Areas.IsArea(area)) errors.Add("/area", AreaInput.Rule);
        if (sort is not (null or "gap")) errors.Add("/sort", "must be gap, or be left out");
        var land = country is null ? null : Countries.Find(country);
        if (country is not null && land is null) errors.Add("/country", Countries.Rule);
        var town = city is null ? null : await cities.ResolveAsync(city, land?.Alpha2, stop);
        if (city is not null && town is null) errors.Add("/city", "is no city known here, or several: give its id");
        return errors.Any ? errors.ToRefusal() : new ProjectQuery(area, town?.Id, land?.Alpha2, sort is not null);
    }

    public bool Wants(Project project)
        => (Area is null || project.Area == Area || project.Needs.Any(need => need.Area == Area))
            && (City is null || project.City == City || project.Needs.Any(need => need.City == City))
            && (Country is null || project.Country == Country);
}
