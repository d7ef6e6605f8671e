using FundingFlow.Ledger;
using FundingFlow.Money;
using FundingFlow.Storage;

namespace FundingFlow.Projects;

/// <summary>Lines that stand for want of a rate are tried again: every area is told.</summary>
public sealed class ReopenOnRates(IQueues queues) : IRatesListener
{
    public async Task RatesPutAsync(CancellationToken stop)
    {
        foreach (var area in Areas.All.Append(Areas.Any))
            await queues.SendAsync(QueueNames.LinesToReopen, Wire.Write(new ReopenLines(1, null, area)), stop);
    }
}
