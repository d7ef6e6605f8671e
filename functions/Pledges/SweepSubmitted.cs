using FundingFlow.Pledges;
using Microsoft.Azure.Functions.Worker;

namespace FundingFlow.Functions.Pledges;

public sealed class SweepSubmitted(Sweep sweep)
{
    [Function("SweepSubmitted")]
    public Task RunAsync([TimerTrigger("*/30 * * * * *")] TimerInfo timer, CancellationToken stop) => sweep.RunAsync(stop);
}
