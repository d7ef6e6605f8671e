using System.Globalization;
using System.Text;
using FundingFlow.Azure;
using FundingFlow.Storage;

namespace FundingFlow.Tests.Simulation;

/// <summary>
/// Queues without Azure, first in first out. <paramref name="clock"/> decides when a message sent with
/// <c>visibleAfter</c> shows.
/// </summary>
public sealed class InMemoryQueues(TimeProvider? clock = null, StorageOperations? operations = null) : IQueues
{
    private const int Batch = 32;
    private readonly TimeProvider clock = clock ?? TimeProvider.System;
    private readonly Lock gate = new();
    private readonly Dictionary<string, LinkedList<Waiting>> queues = new(StringComparer.Ordinal);
    private long sent;

    public StorageOperations Operations { get; } = operations ?? new();

    /// <summary>Called before a message is stored: throw here to lose it.</summary>
    public Func<string, string, Task>? BeforeSend { get; set; }

    public async Task SendAsync(string queue, string body, CancellationToken stop, TimeSpan? visibleAfter = null)
    {
        Check(queue, stop);
        StoreLimits.CheckMessage(queue, body);
        if (BeforeSend is { } before) await before(queue, body);
        lock (gate)
        {
            Operations.Count(StorageOperation.QueueSend, Encoding.UTF8.GetByteCount(body));
            var now = clock.GetUtcNow();
            var message = new PeekedMessage((++sent).ToString(CultureInfo.InvariantCulture), body, now);
            MessagesOf(queue).AddLast(new Waiting(message, now + (visibleAfter ?? TimeSpan.Zero)));
        }
    }

    public Task<IReadOnlyList<PeekedMessage>> PeekAsync(string queue, CancellationToken stop)
    {
        Check(queue, stop);
        lock (gate)
        {
            Operations.Count(StorageOperation.QueuePeek);
            return Task.FromResult<IReadOnlyList<PeekedMessage>>([.. Visible(queue).Take(Batch).Select(node => node.Value.Message)]);
        }
    }

    public Task<int> CountAsync(string queue, CancellationToken stop)
    {
        Check(queue, stop);
        lock (gate)
        {
            Operations.Count(StorageOperation.QueueCount);
            return Task.FromResult(MessagesOf(queue).Count);
        }
    }

    public Task RemoveAsync(string queue, Func<PeekedMessage, bool> isDone, CancellationToken stop)
    {
        Check(queue, stop);
        lock (gate)
        {
            Operations.Count(StorageOperation.QueueReceive);
            foreach (var node in Visible(queue).Take(Batch).ToList())
            {
                var done = isDone(node.Value.Message);
                Operations.Count(done ? StorageOperation.QueueDelete : StorageOperation.QueueRelease);
                if (done) MessagesOf(queue).Remove(node);
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>Takes the oldest visible message out for good, as a trigger that succeeds does; null when none is visible.</summary>
    public PeekedMessage? TryReceive(string queue)
    {
        Check(queue, CancellationToken.None);
        lock (gate)
        {
            Operations.Count(StorageOperation.QueueReceive);
            if (Visible(queue).FirstOrDefault() is not { } node) return null;
            Operations.Count(StorageOperation.QueueDelete);
            MessagesOf(queue).Remove(node);
            return node.Value.Message;
        }
    }

    /// <summary>Every message, also those that do not show yet; counts as no operation.</summary>
    public IReadOnlyList<PeekedMessage> List(string queue)
    {
        lock (gate) return [.. MessagesOf(queue).Select(waiting => waiting.Message)];
    }

    private IEnumerable<LinkedListNode<Waiting>> Visible(string queue)
    {
        var now = clock.GetUtcNow();
        for (var node = MessagesOf(queue).First; node is not null; node = node.Next)
            if (node.Value.VisibleFrom <= now) yield return node;
    }

    private LinkedList<Waiting> MessagesOf(string queue)
    {
        if (!queues.TryGetValue(queue, out var messages)) queues[queue] = messages = new LinkedList<Waiting>();
        return messages;
    }

    private static void Check(string queue, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        StoreNames.CheckQueueOrContainer(queue);
    }

    private sealed record Waiting(PeekedMessage Message, DateTimeOffset VisibleFrom);
}
