using FundingFlow.Ledger;
using Microsoft.Azure.Functions.Worker;

namespace FundingFlow.Functions.Ledger;

public sealed class ReopenStanding(LineReopening reopening)
{
    /// <summary>A line that was left standing while a need appeared elsewhere is found here at the latest.</summary>
    [Function("ReopenStanding")]
    public Task RunAsync([TimerTrigger("0 */10 * * * *")] TimerInfo timer, CancellationToken stop) => reopening.AllAsync(stop);
}
