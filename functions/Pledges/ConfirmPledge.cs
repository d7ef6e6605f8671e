using FundingFlow.Pledges;
using FundingFlow.Pledges.Commands;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FundingFlow.Functions.Pledges;

public sealed class ConfirmPledge(PledgeCall call, PledgeCommands commands)
{
    [Function("ConfirmPledge")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/pledges/{id}/confirm")] HttpRequest request, string id)
        => call.RunAsync(request, (key, caller) => commands.ConfirmAsync(id, null, key, caller, request.HttpContext.RequestAborted));
}
