using FundingFlow.Access;
using FundingFlow.Pledges.Commands;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FundingFlow.Functions.Pledges;

public sealed class MoveAllocation(PledgeCall call, PledgeCommands commands)
{
    [Function("MoveAllocation")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/allocations/{id}/move")] HttpRequest request, string id)
        => call.RunAsync(request, MoveStatement.Read, (move, key, caller)
            => commands.MoveAsync(id, move, key, caller, request.HttpContext.RequestAborted), Role.Staff);
}
