using FundingFlow.Cities;
using FundingFlow.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FundingFlow.Functions.Cities;

public sealed class ListCities(Api api, CityRegister cities)
{
    [Function("ListCities")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/cities")] HttpRequest request)
        => api.ForAsync(request, [], async _ => ApiResults.From(
            await cities.ListAsync(Query.Text(request, "continuation"), request.HttpContext.RequestAborted)));
}
