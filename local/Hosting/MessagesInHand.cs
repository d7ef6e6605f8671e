using System.Collections.Concurrent;
using Azure.Storage.Queues.Models;
using Microsoft.Azure.WebJobs.Host.Executors;
using Microsoft.Azure.WebJobs.Host.Queues;

namespace FundingFlow.Local.Hosting;

/// <summary>
/// Knows which messages are between their receipt and their deletion. The listener's own stop waits only for those that it has
/// already listed: one handed over in that moment would be worked on, and then neither deleted nor waited for.
/// </summary>
internal sealed class MessagesInHand : IQueueProcessorFactory
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> messages = new();

    public QueueProcessor Create(QueueProcessorOptions queueProcessorOptions) => new Processor(queueProcessorOptions, this);

    /// <summary>Completes when the messages that are in hand now have been deleted, returned or moved.</summary>
    public Task NoneAsync() => Task.WhenAll(messages.Values.Select(message => message.Task));

    private void Take(QueueMessage message) => messages[message.MessageId] = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Leave(QueueMessage message)
    {
        if (messages.TryRemove(message.MessageId, out var done))
            done.SetResult();
    }

    private sealed class Processor(QueueProcessorOptions options, MessagesInHand inHand) : QueueProcessor(options)
    {
        protected override async Task<bool> BeginProcessingMessageAsync(QueueMessage message, CancellationToken cancellationToken)
        {
            inHand.Take(message);
            var begun = false;
            try
            {
                begun = await base.BeginProcessingMessageAsync(message, cancellationToken);
                return begun;
            }
            finally
            {
                if (!begun)
                    inHand.Leave(message);
            }
        }

        protected override async Task CompleteProcessingMessageAsync(QueueMessage message, FunctionResult result, CancellationToken cancellationToken)
        {
            try
            {
                await base.CompleteProcessingMessageAsync(message, result, cancellationToken);
            }
            finally
            {
                inHand.Leave(message);
            }
        }
    }
}
