using FundingFlow.Access;
using FundingFlow.Cities;
using FundingFlow.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FundingFlow.Functions.Cities;

public sealed class PutCity(Api api, CityRegister cities)
{
    [Function("PutCity")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/cities/{id}")] HttpRequest request, string id)
        => api.ForBodyAsync(request, [Role.Staff, Role.City], CityStatement.Read, async (caller, statement) => ApiResults.From(
            await cities.PutAsync(id, statement, EntityTags.Precondition(request), caller, request.HttpContext.RequestAborted),
            city => EntityTags.Put(request, city.Value, city.ETag, city.Effect)));
}
