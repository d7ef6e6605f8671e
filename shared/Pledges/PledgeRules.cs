using FundingFlow.Cities;
using FundingFlow.Partners;
using FundingFlow.Projects;
using FundingFlow.Validation;

namespace FundingFlow.Pledges;

/// <summary>Checks a well-formed request against what is known: its partner, projects, cities, and today.</summary>
public sealed class PledgeRules(IPartners partners, IProjects projects, ICities cities, ForumCalendar calendar)
{
    /// <returns>The request with cities as ids and countries as ISO codes.</returns>
    public async Task<Outcome<PledgeRequest>> CheckAsync(PledgeRequest request, CancellationToken stop)
    {
        var errors = new InputErrors();
        var partner = await partners.FindAsync(request.PartnerId, stop);
        if (partner is null)
            errors.Add("/partnerId", $"names no known partner: put it first with PUT /api/partners/{request.PartnerId}");
        return await CheckAsync(request, partner, errors, stop);
    }

    /// <summary>As the other one, for a partner that need not be known.</summary>
    public Task<Outcome<PledgeRequest>> CheckAsync(PledgeRequest request, Partner partner, CancellationToken stop)
        => CheckAsync(request, partner, new InputErrors(), stop);

    private async Task<Outcome<PledgeRequest>> CheckAsync(PledgeRequest request, Partner? partner, InputErrors errors, CancellationToken stop)
    {
        var earmark = await CheckEarmarkAsync(request, errors, stop);
        if (!request.PastDatesAllowed) CheckDates(request, errors);
        if (partner?.Exclusions is { } exclusions) await CheckExclusionsAsync(request with { Earmark = earmark }, exclusions, errors, stop);
        if (errors.Any) return errors.ToRefusal();
        return request with { Earmark = earmark };
    }

    private async Task<Earmark> CheckEarmarkAsync(PledgeRequest request, InputErrors errors, CancellationToken stop)
    {
        var earmark = request.Earmark;
        for (var i = 0; i < earmark.Projects.Count; i++)
        {
            if (await projects.FindAsync(earmark.Projects[i], stop) is not { } project)
                errors.Add($"/earmark/projects/{i}", $"'{earmark.Projects[i]}' names no known project");
            else if (!request.PastDatesAllowed && WhyClosed(project, request.Resource) is { } closed)
                errors.Add($"/earmark/projects/{i}", closed);
        }

        var ids = new List<string>();
        for (var i = 0; i < earmark.Cities.Count; i++)
        {
            if (await cities.ResolveAsync(earmark.Cities[i], null, stop) is { } city) ids.Add(city.Id);
            else errors.Add($"/earmark/cities/{i}", $"'{earmark.Cities[i]}' names no known city");
        }

        var countries = new List<string>();
        for (var i = 0; i < earmark.Countries.Count; i++)
        {
            if (Countries.Find(earmark.Countries[i]) is { } country) countries.Add(country.Alpha2);
            else errors.Add($"/earmark/countries/{i}", Countries.Rule);
        }

        return new Earmark(earmark.Projects, ids, countries);
    }

    /// <summary>Why a project can take nothing of this resource; null when it can.</summary>
    private string? WhyClosed(Project project, Resource resource)
    {
        if (project.IsClosed) return $"'{project.Id}' is closed: it takes nothing new";
        if (project.EndsOn < calendar.Today) return $"'{project.Id}' ended on {project.EndsOn:yyyy-MM-dd}: it takes nothing new";
        if (project.EndsOn < resource.From || project.StartsOn > resource.To)
            return $"'{project.Id}' runs {(project.EndsOn < resource.From ? $"until {project.EndsOn:yyyy-MM-dd}" : $"from {project.StartsOn:yyyy-MM-dd}")}: not while the time is given";
        return null;
    }

    /// <summary>What the pledge asks for and its partner excludes; each would stand for ever.</summary>
    private async Task CheckExclusionsAsync(PledgeRequest request, Exclusions exclusions, InputErrors errors, CancellationToken stop)
    {
        const string Fix = "is among the exclusions of the partner: leave it out, or change them with PUT /api/partners/";
        for (var i = 0; i < request.Areas.Count; i++)
            if (exclusions.Areas.Contains(request.Areas[i].Area)) errors.Add($"/areas/{i}", Fix + request.PartnerId);
        var earmark = request.Earmark;
        for (var i = 0; i < earmark.Projects.Count; i++)
            if (await projects.FindAsync(earmark.Projects[i], stop) is { } project && IsExcluded(project, exclusions))
                errors.Add($"/earmark/projects/{i}", Fix + request.PartnerId);
        if (errors.Any) return;
        for (var i = 0; i < earmark.Cities.Count; i++)
            if (exclusions.Cities.Contains(earmark.Cities[i])) errors.Add($"/earmark/cities/{i}", Fix + request.PartnerId);
        for (var i = 0; i < earmark.Countries.Count; i++)
            if (exclusions.Countries.Contains(earmark.Countries[i])) errors.Add($"/earmark/countries/{i}", Fix + request.PartnerId);
    }

    /// <summary>All of it: a need in an area or city that is not excluded can still be reached.</summary>
    private static bool IsExcluded(Project project, Exclusions exclusions)
        => project.Needs.Count == 0
            ? exclusions.Cover(project.Area, project.Id, project.City, project.Country)
            : project.Needs.All(need => exclusions.Cover(need.Area, project.Id, need.City, need.City == project.City ? project.Country : ""));

    private void CheckDates(PledgeRequest request, InputErrors errors)
    {
        var today = calendar.Today;
        if (request.ValidUntil < today) errors.Add("/validUntil", "must not lie in the past");
        for (var i = 0; i < request.Schedule.Count; i++)
            if (request.Schedule[i].DueOn < today) errors.Add($"/schedule/{i}/dueOn", "must not lie in the past");
        if (request.Resource.To < today) errors.Add("/resource/to", "must not lie in the past");
    }
}
