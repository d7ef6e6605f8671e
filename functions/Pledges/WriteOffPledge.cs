using FundingFlow.Access;
using FundingFlow.Validation;
using FundingFlow.Pledges.Commands;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FundingFlow.Functions.Pledges;

public sealed class WriteOffPledge(PledgeCall call, PledgeCommands commands)
{
    [Function("WriteOffPledge")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/pledges/{id}/write-off")] HttpRequest request, string id)
        => call.RunAsync(request, WriteOffRequest.Read, (writeOff, key, caller)
            => commands.WriteOffAsync(id, writeOff, key, caller, request.HttpContext.RequestAborted), Role.Staff);
}
