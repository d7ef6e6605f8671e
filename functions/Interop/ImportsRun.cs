using FundingFlow.Interop.Imports;
using FundingFlow.Storage;
using Microsoft.Azure.Functions.Worker;

namespace FundingFlow.Functions.Interop;

public sealed class ImportsRun(ImportRunner runner, ImportSweep sweep)
{
    [Function("RunImport")]
    public Task RunAsync([QueueTrigger(QueueNames.ImportsToRun)] string message, CancellationToken stop)
        => runner.RunAsync(Wire.Read<RunImport>(message), stop);

    [Function("SweepImports")]
    public Task SweepAsync([TimerTrigger("0 * * * * *")] TimerInfo timer, CancellationToken stop) => sweep.RunAsync(stop);
}
