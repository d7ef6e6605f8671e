using FundingFlow.Pledges;
using FundingFlow.Storage;
using FundingFlow.Validation;
using Microsoft.Extensions.Logging;

namespace FundingFlow.Ledger.Rebalancing;

/// <summary>
/// The door to rebalances: one runs at a time, each under its idempotency key. It is recorded and asked for in the queue before it
/// begins, so that whoever asked may go away.
/// </summary>
public sealed class Rebalances
{
    private const int FaultsAllowed = 5;

    /// <summary>Who runs one says so at least this often; after that another may go on with it.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(5);

    /// <summary>Between the right to run and the row of the one that has it.</summary>
    private static readonly TimeSpan ToBegin = TimeSpan.FromMinutes(1);

    /// <summary>No time at all: nobody is at it.</summary>
    private static readonly DateTimeOffset Left = DateTimeOffset.UnixEpoch;

    private readonly RebalanceStore store;
    private readonly RebalanceRunner runner;
    private readonly IQueues queues;
    private readonly ForumCalendar calendar;
    private readonly LedgerOptions options;
    private readonly ILogger<Rebalances> log;

    internal Rebalances(RebalanceStore store, RebalanceRunner runner, IQueues queues, ForumCalendar calendar, LedgerOptions options, ILogger<Rebalances> log)
        => (this.store, this.runner, this.queues, this.calendar, this.options, this.log) = (store, runner, queues, calendar, options, log);

    /// <summary>
    /// Begins one and runs it, as far as it comes within <see cref="LedgerOptions.RebalanceInCall"/>; the rest goes on by itself. The same key
    /// again answers with the same one.
    /// </summary>
    public async Task<Outcome<RebalanceDocument>> RunAsync(string idempotencyKey, bool dryRun, string by, CancellationToken stop)
    {
        var id = PledgeId.Short($"rebalance\n{idempotencyKey}");
        if (await store.FindAsync(id, stop) is not { } stored)
        {
            if (await BeginAsync(id, stop) is { } no) return no;
            var now = calendar.Now;
            // Asked for first: a crash between the two leaves a message that finds nothing.
            await queues.SendAsync(QueueNames.RebalancesToRun, Wire.Write(new RunRebalance(1, id)), stop, Silence + TimeSpan.FromSeconds(30));
            stored = await store.AddAsync(new RebalanceDocument(id, dryRun, by, RebalanceStatus.Planning, now, now, null), stop);
        }
        else if (stored.Value.IsFinished || calendar.Now - stored.Value.TouchedAt < Silence)
        {
            return Same(stored.Value, dryRun);
        }

        return stored.Value.DryRun != dryRun ? Same(stored.Value, dryRun) : await AdvanceAsync(stored, options.RebalanceInCall, stop);
    }

    /// <summary>Goes on with one that its caller left, or that a crash ended.</summary>
    public async Task ResumeAsync(string id, CancellationToken stop)
    {
        if (await store.FindAsync(id, stop) is not { Value.IsFinished: false } stored) return;
        var silent = calendar.Now - stored.Value.TouchedAt;
        if (silent < Silence)
        {
            // Somebody is at it: look again when that one should have ended.
            await queues.SendAsync(QueueNames.RebalancesToRun, Wire.Write(new RunRebalance(1, id)), stop, Silence - silent + TimeSpan.FromSeconds(30));
            return;
        }

        await AdvanceAsync(stored, options.RebalanceInQueue, stop);
    }

    /// <summary>The timer's: at most one a day of the Forum.</summary>
    public async Task NightlyAsync(CancellationToken stop)
    {
        var outcome = await RunAsync($"nightly {calendar.Today:yyyy-MM-dd}", dryRun: false, "system", stop);
        if (outcome.Refusal is { } no) log.LogInformation("No rebalance this night: {Why}", no.Detail);
    }

    public async Task<RebalanceDocument?> FindAsync(string id, CancellationToken stop) => (await store.FindAsync(id, stop))?.Value;

    /// <summary>Steps in the order in which they are made.</summary>
    public IAsyncEnumerable<RebalanceStep> StepsAsync(string id, int from, CancellationToken stop) => store.StepsAsync(id, from, stop);

    private static Outcome<RebalanceDocument> Same(RebalanceDocument known, bool dryRun) => known.DryRun == dryRun
        ? known
        : Refusal.Conflict($"This Idempotency-Key belongs to a rebalance with dryRun={(known.DryRun ? "true" : "false")}. Send the first content again, or choose another key.");

    private async Task<Refusal?> BeginAsync(string id, CancellationToken stop)
    {
        var running = await store.RunningAsync(stop);
        if (running is { Value: var other } && other.Id != id
            && await store.FindAsync(other.Id, stop) is var document && (document is null ? calendar.Now - other.At < ToBegin : !document.Value.IsFinished))
            return Busy(other.Id);
        return await store.TryBeginAsync(id, calendar.Now, running, stop) ? null : Busy((await store.RunningAsync(stop))!.Value.Id);
    }

    private static Refusal Busy(string id) => Refusal.Conflict($"The rebalance {id} is running; one runs at a time. GET /api/rebalances/{id} tells how far it is: ask again when it is done.");

    private async Task<Outcome<RebalanceDocument>> AdvanceAsync(Stored<RebalanceDocument> stored, TimeSpan within, CancellationToken stop)
    {
        try
        {
            var ended = await runner.RunAsync(stored, calendar.Now + within, stop);
            return ended.Value.IsFinished ? ended.Value : await HandOverAsync(ended, stop);
        }
        catch (StoreConflictException)
        {
            // Another worker goes on with it.
            return (await store.FindAsync(stored.Value.Id, stop))!.Value;
        }
        catch (Exception fault) when (!stop.IsCancellationRequested)
        {
            await NoteAsync(stored.Value.Id, fault, stop);
            throw;
        }
    }

    /// <summary>Nobody is at it now: whoever takes the message goes on at once.</summary>
    private async Task<RebalanceDocument> HandOverAsync(Stored<RebalanceDocument> stored, CancellationToken stop)
    {
        stored = await store.SaveAsync(stored.Value with { TouchedAt = Left }, stored.ETag, [], stop);
        await queues.SendAsync(QueueNames.RebalancesToRun, Wire.Write(new RunRebalance(1, stored.Value.Id)), stop);
        return stored.Value;
    }

    private async Task NoteAsync(string id, Exception fault, CancellationToken stop)
    {
        log.LogError(fault, "The rebalance {Id} met a fault.", id);
        if (await store.FindAsync(id, stop) is not { Value.IsFinished: false } stored) return;
        var faults = stored.Value.Faults + 1;
        var noted = faults < FaultsAllowed
            ? stored.Value with { Faults = faults, TouchedAt = Left }
            : stored.Value with { Faults = faults, Status = RebalanceStatus.Failed, FinishedAt = calendar.Now, Failure = $"It met a fault {faults} times (the last: {fault.GetType().Name}). Ask for another one; what was moved is whole." };
        await store.SaveAsync(noted, stored.ETag, [], stop);
    }
}
