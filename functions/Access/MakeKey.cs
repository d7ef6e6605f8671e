using FundingFlow.Access;
using FundingFlow.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FundingFlow.Functions.Access;

public sealed class MakeKey(Api api, KeyRegister keys)
{
    [Function("MakeKey")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/keys")] HttpRequest request)
        => api.ForBodyAsync(request, [Role.Staff], KeyStatement.Read, async (_, statement) =>
        {
            request.HttpContext.Response.Headers.CacheControl = "no-store";
            return ApiResults.From(await keys.MakeAsync(statement, request.HttpContext.RequestAborted), key => ApiResults.Json(key, 201));
        });
}
