using FundingFlow.Sustainability;
using Microsoft.Azure.Functions.Worker;

namespace FundingFlow.Functions.Sustainability;

/// <summary>Every night, since days pass without events.</summary>
public sealed class CheckSustainability(SustainabilityCheck check)
{
    [Function("CheckSustainability")]
    public Task RunAsync([TimerTrigger("0 10 2 * * *")] TimerInfo timer, CancellationToken stop) => check.CheckAllAsync(stop);
}
