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
            await AskAsync(id, Silence, stop);
            var (begun, isAdded) = await store.AddAsync(new RebalanceDocument(id, dryRun, by, RebalanceStatus.Planning, now, now, null), stop);
            // Whoever recorded it runs it.
            return isAdded ? await AdvanceAsync(begun, options.RebalanceInCall, stop) : Same(begun.Value, dryRun);
        }

        return !IsLeft(stored.Value) || stored.Value.DryRun != dryRun ? Same(stored.Value, dryRun) : await GoOnAsync(stored, options.RebalanceInCall, stop);
    }

    /// <summary>Goes on with one that its caller left, or that a crash ended.</summary>
    public async Task ResumeAsync(string id, CancellationToken stop)
    {
        if (await store.FindAsync(id, stop) is not { Value.IsFinished: false } stored) return;
        if (IsLeft(stored.Value)) await GoOnAsync(stored, options.RebalanceInQueue, stop);
        // Somebody is at it: look again when that one should have ended.
        else await AskAsync(id, stored.Value.TouchedAt + Silence - calendar.Now, stop);
    }

    /// <summary>The timer's: at most one a day of the Forum.</summary>
    public async Task NightlyAsync(CancellationToken stop)
    {
        var outcome = await RunAsync($"nightly {calendar.Today:yyyy-MM-dd}", dryRun: false, "system", stop);
        if (outcome.Refusal is { } no) log.LogInformation("No rebalance this night: {Why}", no.Detail);
    }

    /// <summary>Nobody is at it any more.</summary>
    private bool IsLeft(RebalanceDocument rebalance) => !rebalance.IsFinished && calendar.Now - rebalance.TouchedAt >= Silence;

    private static Outcome<RebalanceDocument> Same(RebalanceDocument known, bool dryRun) => known.DryRun == dryRun
        ? known
        : Refusal.Conflict($"This Idempotency-Key belongs to a rebalance with dryRun={(known.DryRun ? "true" : "false")}. Send the first content again, or choose another key.");

    private async Task<Refusal?> BeginAsync(string id, CancellationToken stop)
    {
        var running = await store.RunningAsync(stop);
        if (running is { Value: var other } && other.Id != id)
        {
            var document = (await store.FindAsync(other.Id, stop))?.Value;
            // Its message may be gone, and then nobody would ever end it.
            if (document is not null && IsLeft(document)) await queues.SendAsync(QueueNames.RebalancesToRun, Wire.Write(new RunRebalance(1, other.Id)), stop);
            if (document is null ? calendar.Now - other.At < ToBegin : !document.IsFinished) return Busy(other.Id);
        }

        return await store.TryBeginAsync(id, calendar.Now, running, stop) ? null : Busy((await store.RunningAsync(stop))!.Value.Id);
    }

    private static Refusal Busy(string id) => Refusal.Conflict($"The rebalance {id} is running; one runs at a time. GET /api/rebalances/{id} tells how far it is: ask again when it is done.");

    /// <summary>Asks the queue to look at it a little after <paramref name="silent"/>.</summary>
    private Task AskAsync(string id, TimeSpan silent, CancellationToken stop)
        => queues.SendAsync(QueueNames.RebalancesToRun, Wire.Write(new RunRebalance(1, id)), stop, silent + TimeSpan.FromSeconds(30));

    /// <summary>Says first that somebody is at it again: of several that would go on with it, one does.</summary>
    private async Task<Outcome<RebalanceDocument>> GoOnAsync(Stored<RebalanceDocument> stored, TimeSpan within, CancellationToken stop)
    {
        try
        {
            stored = await store.SaveAsync(stored.Value with { TouchedAt = calendar.Now }, stored.ETag, [], stop);
        }
        catch (RebalanceTakenException)
        {
            return await LeaveAsync(stored.Value.Id, stop);
        }

        return await AdvanceAsync(stored, within, stop);
    }

    private async Task<Outcome<RebalanceDocument>> AdvanceAsync(Stored<RebalanceDocument> stored, TimeSpan within, CancellationToken stop)
    {
        try
        {
            var ended = await runner.RunAsync(stored, calendar.Now + within, stop);
            return ended.Value.IsFinished ? ended.Value : await HandOverAsync(ended, stop);
        }
        catch (RebalanceTakenException)
        {
            return await LeaveAsync(stored.Value.Id, stop);
        }
        catch (Exception fault) when (!stop.IsCancellationRequested)
        {
            await NoteAsync(stored.Value.Id, fault, stop);
            throw;
        }
    }

    /// <summary>Another is at it; should it have been this one's own write, whose answer was lost, the queue looks again.</summary>
    private async Task<RebalanceDocument> LeaveAsync(string id, CancellationToken stop)
    {
        var now = (await store.FindAsync(id, stop))!.Value;
        if (!now.IsFinished) await AskAsync(id, Silence, stop);
        return now;
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
        try
        {
            await store.SaveAsync(noted, stored.ETag, [], stop);
        }
        catch (RebalanceTakenException)
        {
            // Another goes on with it; the fault is the caller's to know.
        }
    }
}
