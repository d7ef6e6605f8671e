using FundingFlow.Access;
using FundingFlow.Pledges.Commands;
using FundingFlow.Projects;
using Microsoft.Extensions.Logging;

namespace FundingFlow.Pledges;

/// <summary>Ends the pledges whose last day is over. Each goes as a command of its own, so a crash leaves nothing half done; run it as often as wanted.</summary>
public sealed class PledgeExpiry(ExpiringPledges expiring, PledgeStore store, CommandRunner runner, ForumCalendar calendar, ILogger<PledgeExpiry> log)
{
    public async Task RunAsync(CancellationToken stop)
    {
        await foreach (var entry in expiring.OverAsync(calendar.Today, stop))
        {
            try
            {
                await EndAsync(entry, stop);
                await expiring.RemoveAsync(entry, stop);
            }
            catch (Exception failure) when (!stop.IsCancellationRequested)
            {
                // The entry stays for the next run; the others go on.
                log.LogError(failure, "{Pledge} could not be ended.", entry.PledgeId);
            }
        }
    }

    private async Task EndAsync(ExpiringEntry entry, CancellationToken stop)
    {
        if (await store.FindAsync(entry.PledgeId, stop) is not { Value: { Withdrawn: false, ValidUntil: { } until } } || until >= calendar.Today) return;
        // No caller can have taken this key for something else: theirs hold no blank.
        // Refused where it was amended or withdrawn at the same moment: what holds then is noted under another day, or needs no end.
        await runner.RunAsync(entry.PledgeId, new ExpireRequest(), $"expire {until:yyyyMMdd}", Caller.System, stop);
    }
}
