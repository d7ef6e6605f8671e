using FundingFlow.Ledger;
using FundingFlow.Pledges;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FundingFlow.Functions.Ledger;

/// <summary>
/// While a worker lives: sends on what its transactions left in the outboxes, and clears the entries of finished work, every few
/// seconds; once at the start it sweeps. What a crash leaves undone here the sweep's timer does.
/// </summary>
public sealed class Dispatcher(
    AreaTouched touched, Outbox outbox, SubmittedLog submitted, Sweep sweep, LedgerOptions options, LedgerMeter meter, TimeProvider clock, ILogger<Dispatcher> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await TryAsync(() => sweep.RunAsync(stoppingToken), stoppingToken);
        using var timer = new PeriodicTimer(options.GatherFor, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            // An area that fails never keeps the others from it.
            foreach (var (area, rows) in touched.Take()) await TryAsync(() => outbox.DispatchAsync(area, rows, stoppingToken), stoppingToken);
            await TryAsync(() => submitted.FlushAsync(stoppingToken), stoppingToken);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        log.LogInformation("This worker committed {Transactions} ledger transactions; {Conflicts} more met the changes of others and were decided again, at most {MostTries} tries for one.",
            meter.Transactions, meter.Conflicts, meter.MostTries);
    }

    private async Task TryAsync(Func<Task> work, CancellationToken stop)
    {
        try
        {
            await work();
        }
        catch (Exception failure) when (!stop.IsCancellationRequested)
        {
            // The rows are still there: the sweep takes them.
            log.LogError(failure, "Dispatching failed and will be repeated by the sweep.");
        }
    }
}
