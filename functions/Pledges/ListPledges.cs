using System.Globalization;
using FundingFlow.Access;
using FundingFlow.Functions.Http;
using FundingFlow.Pledges;
using FundingFlow.Projects;
using FundingFlow.Validation;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FundingFlow.Functions.Pledges;

public sealed class ListPledges(Api api, PledgeQueries pledges)
{
    private const int DefaultSize = 25;
    private const int LargestSize = 100;

    [Function("ListPledges")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/pledges")] HttpRequest request)
        => api.ForAsync(request, [Role.Fundraiser, Role.Staff, Role.Reader], async caller =>
        {
            var filter = Read(request);
            if (filter.Refusal is { } no) return ApiResults.From(no);
            var (partner, status, area, size) = filter.Value;
            return ApiResults.From(await pledges.ListAsync(partner, status, area, size, Query.Text(request, "continuation"), caller, request.HttpContext.RequestAborted));
        });

    private static Outcome<(string? Partner, PledgeStatus? Status, string? Area, int Size)> Read(HttpRequest request)
    {
        var errors = new InputErrors();
        var partner = Query.Text(request, "partner");
        if (partner is not null && !Slug.IsValid(partner)) errors.Add("/partner", Slug.Rule);
        PledgeStatus? status = null;
        if (Query.Text(request, "status") is { } name)
        {
            status = Enum.GetValues<PledgeStatus>().Cast<PledgeStatus?>()
                .FirstOrDefault(known => string.Equals(known.ToString(), name, StringComparison.OrdinalIgnoreCase));
            if (status is null) errors.Add("/status", "must be one of " + string.Join(", ", Enum.GetNames<PledgeStatus>()).ToLowerInvariant());
        }

        var area = Query.Text(request, "area");
        if (area is not null && !Areas.IsArea(area) && area != Areas.Any) errors.Add("/area", "must be one of " + string.Join(", ", Areas.All));
        var size = DefaultSize;
        if (Query.Text(request, "size") is { } text
            && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out size) || size is < 1 or > LargestSize))
            errors.Add("/size", $"must be a whole number from 1 to {LargestSize}");
        return errors.Any ? errors.ToRefusal() : (partner, status, area, size);
    }
}
