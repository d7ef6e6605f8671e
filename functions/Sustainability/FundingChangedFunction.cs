using FundingFlow.Ledger;
using FundingFlow.Storage;
using FundingFlow.Sustainability;
using Microsoft.Azure.Functions.Worker;

namespace FundingFlow.Functions.Sustainability;

public sealed class FundingChangedFunction(SustainabilityCheck check)
{
    [Function("FundingChanged")]
    public Task RunAsync([QueueTrigger(QueueNames.FundingChanged)] string message, CancellationToken stop)
        => check.CheckAsync(Wire.Read<FundingChanged>(message), stop);
}
