using FundingFlow.Pledges;
using FundingFlow.Storage;
using Microsoft.Azure.Functions.Worker;

namespace FundingFlow.Functions.Pledges;

public sealed class IngestPledge(PledgeIngestion ingestion)
{
    [Function("IngestPledge")]
    public Task RunAsync([QueueTrigger(QueueNames.PledgesSubmitted)] string message, CancellationToken stop) => ingestion.IngestAsync(message, stop);
}
