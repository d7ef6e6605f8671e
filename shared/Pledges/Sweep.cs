using FundingFlow.Ledger;
using FundingFlow.Pledges.Commands;
using FundingFlow.Projects;
using FundingFlow.Storage;
using Microsoft.Extensions.Logging;

namespace FundingFlow.Pledges;

/// <summary>
/// Finds what was accepted and not applied (a worker crashed and the host hides its messages for ten minutes, or a message was lost)
/// and sends it again. Backs off per entry, and stays away from a queue that is busy, so that a backlog is not multiplied.
/// </summary>
public sealed class Sweep(
    SubmittedLog submitted, PledgeStore store, PledgeIntake intake, CommandRunner commands, Outbox outbox, IQueues queues, ILogger<Sweep> log)
{
    /// <summary>With more waiting than this, what is overdue is waiting there too.</summary>
    private const int BusyQueue = 2_000;

    /// <summary>The same where each message may hold many pledges.</summary>
    private const int BusyTogether = BusyQueue / 50;

    public async Task RunAsync(CancellationToken stop)
    {
        await submitted.FlushAsync(stop);
        foreach (var area in Areas.All.Append(Areas.Any)) await outbox.DispatchAsync(area, stop);
        var waiting = await queues.CountAsync(QueueNames.PledgesSubmitted, stop);
        var again = 0;
        await foreach (var (bucket, key, entry) in submitted.OverdueAsync(stop))
        {
            if (entry.Command is { } command)
            {
                await submitted.PostponeAsync(bucket, entry, stop);
                if (await TryResumeAsync(entry.PledgeId, command, stop)) submitted.Complete(bucket, command);
                continue;
            }

            if (entry.Tries == 0 && waiting > (entry.Together is null ? BusyQueue : BusyTogether)) continue;
            if (entry.Together is { } many)
            {
                again += await PartAsync(bucket, key, many, stop);
                continue;
            }

            if (await store.FindAsync(entry.PledgeId, stop) is not { } pledge)
            {
                // Never accepted: the caller got no answer, or another one's conflict.
                submitted.Complete(bucket, entry.PledgeId);
                continue;
            }

            await submitted.PostponeAsync(bucket, entry, stop);
            await queues.SendAsync(QueueNames.PledgesSubmitted, Wire.Write(new PledgesSubmitted(1, bucket, [pledge.Value])), stop);
            again++;
        }

        if (again > 0) log.LogWarning("{Count} accepted pledges had not been placed in time and were sent again.", again);
        await submitted.FlushAsync(stop);
    }

    /// <summary>One command that cannot be gone on with never keeps the others from it; it comes again at its time.</summary>
    private async Task<bool> TryResumeAsync(string pledgeId, string command, CancellationToken stop)
    {
        try
        {
            await commands.ResumeAsync(pledgeId, command, stop);
            return true;
        }
        catch (Exception failure) when (!stop.IsCancellationRequested)
        {
            log.LogError(failure, "Command {Command} on {Pledge} could not be gone on with.", command, pledgeId);
            return false;
        }
    }

    /// <summary>Of a message for many, those that are accepted and not placed are sent again, each by itself.</summary>
    private async Task<int> PartAsync(string bucket, string key, IReadOnlyList<string> together, CancellationToken stop)
    {
        var left = new List<Pledge>();
        foreach (var id in together)
            if (await store.FindAsync(id, stop) is { Value: var pledge } && !await intake.IsOpenedAsync(pledge, stop)) left.Add(pledge);
        if (left.Count == 0)
        {
            submitted.Complete(bucket, key);
            return 0;
        }

        await submitted.PartAsync(bucket, key, [.. left.Select(pledge => pledge.Id)], stop);
        foreach (var pledge in left)
            await queues.SendAsync(QueueNames.PledgesSubmitted, Wire.Write(new PledgesSubmitted(1, bucket, [pledge])), stop);
        return left.Count;
    }
}
