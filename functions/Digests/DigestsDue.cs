using FundingFlow.Digests;
using Microsoft.Azure.Functions.Worker;

namespace FundingFlow.Functions.Digests;

/// <summary>Hourly, since somewhere it is always eight in the morning.</summary>
public sealed class DigestsDue(DigestSchedule schedule)
{
    [Function("DigestsDue")]
    public Task RunAsync([TimerTrigger("0 5 * * * *")] TimerInfo timer, CancellationToken stop) => schedule.AskDueAsync(stop);
}
