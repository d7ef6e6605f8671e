using FundingFlow.Digests;
using FundingFlow.Storage;
using Microsoft.Azure.Functions.Worker;

namespace FundingFlow.Functions.Digests;

public sealed class SendDigest(DigestSender sender)
{
    [Function("SendDigest")]
    public Task RunAsync([QueueTrigger(QueueNames.DigestsToSend)] string message, CancellationToken stop)
        => sender.SendAsync(Wire.Read<DigestToSend>(message), stop);
}
