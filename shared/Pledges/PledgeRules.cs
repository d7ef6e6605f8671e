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
        if (await partners.FindAsync(request.PartnerId, stop) is null)
            errors.Add("/partnerId", $"names no known partner: put it first with PUT /api/partners/{request.PartnerId}");
        var earmark = await CheckEarmarkAsync(request.Earmark, errors, stop);
        if (!request.PastDatesAllowed) CheckDates(request, errors);
        if (errors.Any) return errors.ToRefusal();
        return request with { Earmark = earmark };
    }

    private async Task<Earmark> CheckEarmarkAsync(Earmark earmark, InputErrors errors, CancellationToken stop)
    {
        for (var i = 0; i < earmark.Projects.Count; i++)
            if (await projects.FindAsync(earmark.Projects[i], stop) is null)
                errors.Add($"/earmark/projects/{i}", $"'{earmark.Projects[i]}' names no known project");
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

    private void CheckDates(PledgeRequest request, InputErrors errors)
    {
        var today = calendar.Today;
        if (request.ValidUntil < today) errors.Add("/validUntil", "must not lie in the past");
        for (var i = 0; i < request.Schedule.Count; i++)
            if (request.Schedule[i].DueOn < today) errors.Add($"/schedule/{i}/dueOn", "must not lie in the past");
        if (request.Resource.To < today) errors.Add("/resource/to", "must not lie in the past");
    }
}
