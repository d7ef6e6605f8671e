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
            await TryAsync(() => RoundAsync(stoppingToken), stoppingToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        log.LogInformation("This worker committed {Transactions} ledger transactions; {Conflicts} more met the changes of others and were decided again, at most {MostTries} tries for one.",
            meter.Transactions, meter.Conflicts, meter.MostTries);
    }

    private async Task RoundAsync(CancellationToken stop)
    {
        foreach (var (area, rows) in touched.Take()) await outbox.DispatchAsync(area, rows, stop);
        await submitted.FlushAsync(stop);
    }

    private async Task TryAsync(Func<Task> work, CancellationToken stop)
    {
        try
        {
            await work();
        }
        catch (Exception failure) when (!stop.IsCancellationRequested)
        {
            // The rows are still there: the next round, or the sweep, takes them.
            log.LogError(failure, "A round of dispatching failed and will be repeated.");
        }
    }
}
