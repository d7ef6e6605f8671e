namespace FundingFlow.Storage;

/// <summary>A message as peeked: not taken, it stays where it is.</summary>
public sealed record PeekedMessage(string Id, string Body, DateTimeOffset InsertedOn);

/// <summary>The queues. Messages are Base64 on the wire (as the trigger expects), never expire, and are durable when the task ends.</summary>
public interface IQueues
{
    /// <exception cref="ArgumentException">The body is over 48 KiB of UTF-8.</exception>
    Task SendAsync(string queue, string body, CancellationToken stop, TimeSpan? visibleAfter = null);

    /// <summary>Up to 32 of the oldest messages.</summary>
    Task<IReadOnlyList<PeekedMessage>> PeekAsync(string queue, CancellationToken stop);

    /// <summary>About how many messages wait.</summary>
    Task<int> CountAsync(string queue, CancellationToken stop);

    /// <summary>Takes and deletes up to 32 of the oldest messages that <paramref name="isDone"/> accepts; the others stay.</summary>
    Task RemoveAsync(string queue, Func<PeekedMessage, bool> isDone, CancellationToken stop);
}

/// <summary>Files: what an import was given, and what it refused.</summary>
public interface IBlobs
{
    Task WriteAsync(string container, string name, Stream content, CancellationToken stop);

    /// <summary>Null when there is no such blob.</summary>
    Task<Stream?> ReadAsync(string container, string name, CancellationToken stop);
}
