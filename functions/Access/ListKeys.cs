using FundingFlow.Access;
using FundingFlow.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FundingFlow.Functions.Access;

public sealed class ListKeys(Api api, KeyRegister keys)
{
    [Function("ListKeys")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/keys")] HttpRequest request)
        => api.ForAsync(request, [Role.Staff], async _ => ApiResults.Ok(await keys.ListAsync(request.HttpContext.RequestAborted)));
}
