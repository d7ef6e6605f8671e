using FundingFlow.Access;
using FundingFlow.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FundingFlow.Functions.Access;

public sealed class HealthFunction(StorageHealth health)
{
    [Function("Health")]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/health")] HttpRequest request)
    {
        var found = await health.CheckAsync(request.HttpContext.RequestAborted);
        return ApiResults.Json(found, found.Status == StorageHealth.Healthy ? 200 : 503);
    }
}
