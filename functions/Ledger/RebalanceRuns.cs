using FundingFlow.Ledger.Rebalancing;
using FundingFlow.Storage;
using Microsoft.Azure.Functions.Worker;

namespace FundingFlow.Functions.Ledger;

public sealed class RebalanceRuns(Rebalances rebalances)
{
    /// <summary>After the night's look at every project's runway, which the weights follow.</summary>
    [Function("RebalanceNightly")]
    public Task NightlyAsync([TimerTrigger("0 40 2 * * *")] TimerInfo timer, CancellationToken stop) => rebalances.NightlyAsync(stop);

    /// <summary>Goes on with what a caller left, or a crash ended.</summary>
    [Function("RunRebalance")]
    public Task ResumeAsync([QueueTrigger(QueueNames.RebalancesToRun)] string message, CancellationToken stop)
        => rebalances.ResumeAsync(Wire.Read<RunRebalance>(message).Id, stop);
}
