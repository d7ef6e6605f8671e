using FundingFlow.Access;
using FundingFlow.Functions.Http;
using FundingFlow.Ledger.Rebalancing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FundingFlow.Functions.Ledger;

public sealed class GetRebalance(Api api, RebalanceQueries queries)
{
    [Function("GetRebalance")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/rebalances/{id}")] HttpRequest request, string id)
        => api.ForAsync(request, [Role.Staff], async _ => ApiResults.From(
            await queries.ViewAsync(id, Query.Text(request, "continuation"), request.HttpContext.RequestAborted)));
}
