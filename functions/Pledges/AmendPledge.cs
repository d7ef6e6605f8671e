using FundingFlow.Functions.Http;
using FundingFlow.Pledges.Commands;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FundingFlow.Functions.Pledges;

public sealed class AmendPledge(PledgeCall call, PledgeCommands commands)
{
    [Function("AmendPledge")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "api/pledges/{id}")] HttpRequest request, string id)
        => call.RunAsync(request, PledgePatch.Read, (patch, key, caller)
            => commands.AmendAsync(id, patch, EntityTags.Precondition(request), key, caller, request.HttpContext.RequestAborted));
}
