using FundingFlow.Functions.Http;
using FundingFlow.Sustainability.Gaps;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FundingFlow.Functions.Sustainability;

public sealed class GetGaps(Api api, GapsReader gaps)
{
    [Function("GetGaps")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/gaps")] HttpRequest request)
        => api.ForAsync(request, [], async _ => ApiResults.From(
            await gaps.ReadAsync(Query.Text(request, "by"), Query.Text(request, "asOf"), request.HttpContext.RequestAborted)));
}
