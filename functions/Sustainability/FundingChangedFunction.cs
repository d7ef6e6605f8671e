using FundingFlow.Ledger;
using FundingFlow.Ledger.Conditions;
using FundingFlow.Storage;
using FundingFlow.Sustainability;
using Microsoft.Azure.Functions.Worker;

namespace FundingFlow.Functions.Sustainability;

public sealed class FundingChangedFunction(ConditionSettling conditions, SustainabilityCheck check)
{
    /// <summary>First what is firm, then what follows from it.</summary>
    [Function("FundingChanged")]
    public async Task RunAsync([QueueTrigger(QueueNames.FundingChanged)] string message, CancellationToken stop)
    {
        var changed = Wire.Read<FundingChanged>(message);
        await conditions.SettleAsync(changed, stop);
        await check.CheckAsync(changed, stop);
    }
}
