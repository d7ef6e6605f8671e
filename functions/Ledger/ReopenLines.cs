using FundingFlow.Ledger;
using FundingFlow.Storage;
using Microsoft.Azure.Functions.Worker;

namespace FundingFlow.Functions.Ledger;

public sealed class ReopenLinesFunction(LineReopening reopening)
{
    [Function("ReopenLines")]
    public Task RunAsync([QueueTrigger(QueueNames.LinesToReopen)] string message, CancellationToken stop) => reopening.RunAsync(message, stop);
}
