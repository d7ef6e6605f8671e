using FundingFlow.Storage;
using FundingFlow.Sustainability;
using Microsoft.Azure.Functions.Worker;

namespace FundingFlow.Functions.Sustainability;

public sealed class NotifyStaff(StaffNotifier notifier)
{
    [Function("NotifyStaff")]
    public Task RunAsync([QueueTrigger(QueueNames.NotifyStaff)] string message, CancellationToken stop)
        => notifier.SendAsync(Wire.Read<StaffNotice>(message), stop);
}
