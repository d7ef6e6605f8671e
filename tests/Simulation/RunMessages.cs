using FundingFlow.Ledger;
using FundingFlow.Ledger.Conditions;
using FundingFlow.Pledges;
using FundingFlow.Projects;
using FundingFlow.Storage;

namespace FundingFlow.Tests.Simulation;

/// <summary>The queues of a made-up life: messages that come in any order, twice, or not at all.</summary>
public sealed class RunMessages(TestForum forum, Random random)
{
    public const int Patience = 40;

    /// <summary>Takes some messages in any order; sometimes one is lost, or comes again.</summary>
    public async Task DeliverAsync()
    {
        for (var more = random.Next(1, 5); more > 0; more--)
        {
            var queue = random.Next(4) switch { 0 => QueueNames.LinesToReopen, 1 => QueueNames.FundingChanged, _ => QueueNames.PledgesSubmitted };
            var waiting = await forum.Queues.PeekAsync(queue, TestForum.Stop);
            if (waiting.Count == 0) continue;
            var message = waiting[random.Next(waiting.Count)];
            var fate = random.Next(20);
            if (fate > 0) await HandleAsync(queue, message.Body);
            if (fate < 17) await forum.Queues.RemoveAsync(queue, other => other.Id == message.Id, TestForum.Stop);
        }
    }

    private Task HandleAsync(string queue, string body) => queue switch
    {
        QueueNames.PledgesSubmitted => forum.Get<PledgeIngestion>().IngestAsync(body, TestForum.Stop),
        QueueNames.FundingChanged => forum.Get<ConditionSettling>().SettleAsync(Wire.Read<FundingChanged>(body), TestForum.Stop),
        _ => forum.Get<LineReopening>().RunAsync(body, TestForum.Stop),
    };

    public async Task DispatchAsync()
    {
        foreach (var area in MadeUp.AreaSlugs.Append(Areas.Any)) await forum.Get<Outbox>().DispatchAsync(area, TestForum.Stop);
    }

    /// <summary>Settling is a change too; it must end.</summary>
    public async Task ComeToRestAsync()
    {
        for (var i = 0; ; i++)
        {
            Assert.True(i < Patience, "It does not come to rest: what is settled keeps changing.");
            await DispatchAsync();
            if (!await HandleAllAsync()) return;
        }
    }

    public async Task<bool> HandleAllAsync()
    {
        var handled = false;
        foreach (var queue in new[] { QueueNames.PledgesSubmitted, QueueNames.LinesToReopen, QueueNames.FundingChanged })
            while (forum.Queues.TryReceive(queue) is { } message)
            {
                handled = true;
                await HandleAsync(queue, message.Body);
            }

        return handled;
    }
}
