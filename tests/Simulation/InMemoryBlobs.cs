using System.Collections.Concurrent;
using FundingFlow.Azure;
using FundingFlow.Storage;

namespace FundingFlow.Tests.Simulation;

/// <summary>Blobs without Azure. A stream that was read keeps its content when the blob is written again.</summary>
public sealed class InMemoryBlobs(StorageOperations? operations = null) : IBlobs
{
    private readonly ConcurrentDictionary<(string Container, string Name), byte[]> blobs = new();

    public StorageOperations Operations { get; } = operations ?? new();

    public async Task WriteAsync(string container, string name, Stream content, CancellationToken stop)
    {
        Check(container, name, stop);
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy, stop);
        Operations.Count(StorageOperation.BlobWrite, copy.Length);
        blobs[(container, name)] = copy.ToArray();
    }

    public Task<Stream?> ReadAsync(string container, string name, CancellationToken stop)
    {
        Check(container, name, stop);
        var found = blobs.TryGetValue((container, name), out var content);
        Operations.Count(StorageOperation.BlobRead, content?.Length ?? 0);
        return Task.FromResult<Stream?>(found ? new MemoryStream(content!, writable: false) : null);
    }

    private static void Check(string container, string name, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        StoreNames.CheckQueueOrContainer(container);
        StoreNames.CheckBlob(name);
    }
}
