using FundingFlow.Access;
using FundingFlow.Functions.Http;
using FundingFlow.Pledges;
using FundingFlow.Pledges.Commands;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FundingFlow.Functions.Pledges;

public sealed class AcknowledgeAllocation(Api api, PledgeCommands commands)
{
    [Function("AcknowledgeAllocation")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/allocations/{id}/acknowledge")] HttpRequest request, string id)
        => api.ForOptionalBodyAsync(request, [Role.City, Role.Staff], _ => new object(), async (caller, _) => ApiResults.From(
            await commands.AcknowledgeAsync(id, caller, request.HttpContext.RequestAborted),
            balance => ApiResults.Ok(PledgeViews.Of(balance.Allocations.Single(part => part.Id == id)))));
}
