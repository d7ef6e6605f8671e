using FundingFlow.Functions.Http;
using FundingFlow.Pledges;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FundingFlow.Functions.Pledges;

public sealed class GetPledge(Api api, PledgeQueries pledges)
{
    [Function("GetPledge")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/pledges/{id}")] HttpRequest request, string id)
        => api.ForAsync(request, [], async caller => ApiResults.From(
            await pledges.GetAsync(id, caller, request.HttpContext.RequestAborted),
            pledge => EntityTags.Ok(request, pledge.View, pledge.ETag)));
}
