using System.Collections.Concurrent;
using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using FundingFlow.Storage;
using PeekedMessage = FundingFlow.Storage.PeekedMessage;

namespace FundingFlow.Azure;

/// <summary>
/// Azure Queues behind the port. A queue is created when a send finds it missing; a missing queue reads as an empty one.
/// A send whose answer was lost is repeated by the SDK: a message may come twice, never not at all.
/// </summary>
public sealed class AzureQueues(StorageClients clients) : IQueues
{
    private const int Batch = 32;

    /// <summary>The default is 7 days, after which a pledge would be gone.</summary>
    private static readonly TimeSpan NeverExpires = TimeSpan.FromSeconds(-1);

    /// <summary>How long a worker that dies in <see cref="RemoveAsync"/> hides the messages it looked at.</summary>
    private static readonly TimeSpan WhileLooking = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, QueueClient> queues = new(StringComparer.Ordinal);

    public async Task SendAsync(string queue, string body, CancellationToken stop, TimeSpan? visibleAfter = null)
    {
        StoreLimits.CheckMessage(queue, body);
        var client = ClientOf(queue);
        var text = QueueText.Encode(body);
        try
        {
            await client.SendMessageAsync(text, visibleAfter, NeverExpires, stop);
        }
        catch (RequestFailedException error) when (IsMissingQueue(error))
        {
            await client.CreateIfNotExistsAsync(cancellationToken: stop);
            await client.SendMessageAsync(text, visibleAfter, NeverExpires, stop);
        }
    }

    public async Task<IReadOnlyList<PeekedMessage>> PeekAsync(string queue, CancellationToken stop)
    {
        try
        {
            var messages = await ClientOf(queue).PeekMessagesAsync(Batch, stop);
            return [.. messages.Value.Select(message => Peeked(message.MessageId, message.MessageText, message.InsertedOn))];
        }
        catch (RequestFailedException error) when (IsMissingQueue(error))
        {
            return [];
        }
    }

    public async Task<int> CountAsync(string queue, CancellationToken stop)
    {
        try
        {
            return (await ClientOf(queue).GetPropertiesAsync(stop)).Value.ApproximateMessagesCount;
        }
        catch (RequestFailedException error) when (IsMissingQueue(error))
        {
            return 0;
        }
    }

    public async Task RemoveAsync(string queue, Func<PeekedMessage, bool> isDone, CancellationToken stop)
    {
        var client = ClientOf(queue);
        try
        {
            var taken = await client.ReceiveMessagesAsync(Batch, WhileLooking, stop);
            foreach (var message in taken.Value)
                await SettleAsync(client, message, isDone(Peeked(message.MessageId, message.MessageText, message.InsertedOn)), stop);
        }
        catch (RequestFailedException error) when (IsMissingQueue(error))
        {
            // Nothing is in a queue that is not there.
        }
    }

    private static async Task SettleAsync(QueueClient client, QueueMessage message, bool isDone, CancellationToken stop)
    {
        try
        {
            if (isDone) await client.DeleteMessageAsync(message.MessageId, message.PopReceipt, stop);
            else await client.UpdateMessageAsync(message.MessageId, message.PopReceipt, message.MessageText, TimeSpan.Zero, stop);
        }
        catch (RequestFailedException error) when (error.ErrorCode == QueueErrorCode.MessageNotFound || error.ErrorCode == QueueErrorCode.PopReceiptMismatch)
        {
            // It took longer than it was hidden for, and another has it now: it is theirs to settle.
        }
    }

    private static PeekedMessage Peeked(string id, string text, DateTimeOffset? insertedOn)
        => new(id, QueueText.Decode(text), insertedOn ?? throw new InvalidOperationException("A message came without its time of insertion."));

    private static bool IsMissingQueue(RequestFailedException error) => error.ErrorCode == QueueErrorCode.QueueNotFound;

    private QueueClient ClientOf(string queue)
        => queues.GetOrAdd(queue, static (name, service) =>
        {
            StoreNames.CheckQueueOrContainer(name);
            return service.GetQueueClient(name);
        }, clients.Queues);
}
