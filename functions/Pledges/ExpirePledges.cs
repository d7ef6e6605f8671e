using FundingFlow.Pledges;
using Microsoft.Azure.Functions.Worker;

namespace FundingFlow.Functions.Pledges;

public sealed class ExpirePledges(PledgeExpiry expiry)
{
    /// <summary>Hourly, so that it comes soon after midnight wherever the Forum is.</summary>
    [Function("ExpirePledges")]
    public Task RunAsync([TimerTrigger("0 2 * * * *")] TimerInfo timer, CancellationToken stop) => expiry.RunAsync(stop);
}
