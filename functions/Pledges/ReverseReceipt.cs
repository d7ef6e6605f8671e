using FundingFlow.Pledges.Commands;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FundingFlow.Functions.Pledges;

public sealed class ReverseReceipt(PledgeCall call, PledgeCommands commands)
{
    [Function("ReverseReceipt")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/pledges/{id}/receipts/{receiptId}/reverse")] HttpRequest request, string id, string receiptId)
        => call.RunAsync(request, ReversalReader.Read, (reason, key, caller)
            => commands.ReverseReceiptAsync(id, receiptId, reason, key, caller, request.HttpContext.RequestAborted));
}
