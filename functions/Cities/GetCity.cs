using FundingFlow.Cities;
using FundingFlow.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FundingFlow.Functions.Cities;

public sealed class GetCity(Api api, CityRegister cities)
{
    [Function("GetCity")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/cities/{id}")] HttpRequest request, string id)
        => api.ForAsync(request, [], async _ => ApiResults.From(
            await cities.GetAsync(id, request.HttpContext.RequestAborted),
            city => EntityTags.Ok(request, city.Value, city.ETag)));
}
