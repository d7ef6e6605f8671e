using FundingFlow.Pledges;
using FundingFlow.Pledges.Commands;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FundingFlow.Functions.Pledges;

public sealed class RecordReceipt(PledgeCall call, PledgeCommands commands)
{
    [Function("RecordReceipt")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/pledges/{id}/receipts")] HttpRequest request, string id)
        => call.RunAsync(request, ReceiptReader.Read, (receipt, key, caller) => commands.ReceiveAsync(id, receipt, key, caller, request.HttpContext.RequestAborted));
}
