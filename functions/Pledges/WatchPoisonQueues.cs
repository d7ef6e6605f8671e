using FundingFlow.Pledges;
using Microsoft.Azure.Functions.Worker;

namespace FundingFlow.Functions.Pledges;

public sealed class WatchPoisonQueues(FailedMessages failed)
{
    [Function("WatchPoisonQueues")]
    public Task RunAsync([TimerTrigger("15,45 * * * * *")] TimerInfo timer, CancellationToken stop) => failed.LookAsync(stop);
}
