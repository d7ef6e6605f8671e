using FundingFlow.Sustainability;
using Microsoft.Azure.Functions.Worker;

namespace FundingFlow.Functions.Sustainability;

/// <summary>Once a day, early in the European morning: one mail of what is new and was not critical.</summary>
public sealed class SummariseAlerts(StaffNotifier notifier)
{
    [Function("SummariseAlerts")]
    public Task RunAsync([TimerTrigger("0 30 5 * * *")] TimerInfo timer, CancellationToken stop) => notifier.AskForSummaryAsync(stop);
}
