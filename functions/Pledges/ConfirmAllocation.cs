using FundingFlow.Ledger;
using FundingFlow.Pledges;
using FundingFlow.Pledges.Commands;
using FundingFlow.Validation;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FundingFlow.Functions.Pledges;

public sealed class ConfirmAllocation(PledgeCall call, PledgeCommands commands)
{
    [Function("ConfirmAllocation")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/allocations/{id}/confirm")] HttpRequest request, string id)
        => call.RunAsync(request, async (key, caller) => LedgerKeys.ParseAllocationId(id) is { } parts
            ? await commands.ConfirmAsync(parts.PledgeId, id, key, caller, request.HttpContext.RequestAborted)
            : Refusal.NotFound($"There is no allocation '{id}'."));
}
