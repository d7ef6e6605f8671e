using FundingFlow.Storage;

namespace FundingFlow.Pledges;

/// <summary>A message that failed as often as the host tries; kept whole, so that nothing is lost when the poison copy expires.</summary>
public sealed record FailedMessage(int V, string Queue, string Id, string Body, DateTimeOffset InsertedOn, DateTimeOffset SeenAt, string? PledgeId);

/// <summary>Told of each newly failed message; the Sustainability room makes an alert of it.</summary>
public interface IFailureListener
{
    Task FailedAsync(FailedMessage message, CancellationToken stop);
}

/// <summary>
/// Looks into the poison queues, records what it finds in table Failures and on the pledge, and tells staff. It only
/// peeks: the message stays where the host put it, until so many wait that recorded ones must make room.
/// </summary>
public sealed class FailedMessages(ITables tables, IQueues queues, PledgeStore store, IEnumerable<IFailureListener> listeners, TimeProvider clock)
{
    /// <summary>A queue shows its oldest 32; with more waiting, those recorded already are taken out.</summary>
    private const int MostSeen = 32;

    private readonly HashSet<string> recorded = new(StringComparer.Ordinal);

    public async Task LookAsync(CancellationToken stop)
    {
        foreach (var queue in QueueNames.All)
        {
            var poison = QueueNames.PoisonOf(queue);
            for (var more = true; more;)
            {
                var seen = await queues.PeekAsync(poison, stop);
                foreach (var message in seen) await RecordAsync(queue, message, stop);
                // Nothing to see while some are counted: another worker is taking them out.
                more = seen.Count > 0 && await queues.CountAsync(poison, stop) > MostSeen;
                if (more) await queues.RemoveAsync(poison, message => IsRecorded(queue, message), stop);
            }
        }
    }

    /// <summary>Keeps a message whose key another content holds; nobody need act, but it can be looked up.</summary>
    public Task RecordDroppedAsync(Pledge message, CancellationToken stop)
    {
        var dropped = new FailedMessage(1, "dropped", message.ContentHash, PledgeIntake.Message(message, etag: null), message.SubmittedAt, clock.GetUtcNow(), message.Id);
        return tables.PutAsync(TableNames.Failures, RowChange.Upsert(new Row("dropped", PledgeId.Short(message.Id + message.ContentHash), Wire.Write(dropped))), stop);
    }

    private bool IsRecorded(string queue, PeekedMessage message) => recorded.Contains(KeyOf(queue, message));

    private async Task RecordAsync(string queue, PeekedMessage message, CancellationToken stop)
    {
        var key = KeyOf(queue, message);
        if (recorded.Contains(key)) return;
        var failure = new FailedMessage(1, queue, message.Id, message.Body, message.InsertedOn, clock.GetUtcNow(), PledgeOf(queue, message.Body));
        if (await tables.FindAsync(TableNames.Failures, queue, key, stop) is null)
        {
            if (failure.PledgeId is { } pledgeId)
                await store.ChangeAsync(pledgeId, pledge => pledge.Failure is null
                    ? pledge with { Failure = "It could not be placed: its message failed repeatedly. Staff have been told." }
                    : null, stop);
            foreach (var listener in listeners) await listener.FailedAsync(failure, stop);
            await tables.PutAsync(TableNames.Failures, RowChange.Upsert(new Row(queue, key, Wire.Write(failure))), stop);
        }

        recorded.Add(key);
    }

    private static string KeyOf(string queue, PeekedMessage message) => PledgeId.Short(queue + "\n" + message.Id);

    private static string? PledgeOf(string queue, string body)
    {
        if (queue != QueueNames.PledgesSubmitted) return null;
        try
        {
            // Of many together none is the one that failed: those that cannot be placed go on in messages of their own.
            return Wire.Read<PledgesSubmitted>(body) is { Together: false, Pledges: [{ } first, ..] } && PledgeId.PartnerOf(first.Id) is not null ? first.Id : null;
        }
        catch (System.Text.Json.JsonException)
        {
            // Not ours: there is no pledge to note it on; the message itself is kept.
            return null;
        }
    }
}
