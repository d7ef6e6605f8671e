using FundingFlow.Pledges;
using FundingFlow.Pledges.Commands;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FundingFlow.Functions.Pledges;

public sealed class WithdrawPledge(PledgeCall call, PledgeCommands commands)
{
    [Function("WithdrawPledge")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/pledges/{id}/withdraw")] HttpRequest request, string id)
        => call.RunAsync(request, (key, caller) => commands.WithdrawAsync(id, key, caller, request.HttpContext.RequestAborted));
}
