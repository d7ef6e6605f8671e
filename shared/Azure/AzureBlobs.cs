using System.Collections.Concurrent;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using FundingFlow.Storage;

namespace FundingFlow.Azure;

/// <summary>Azure Blobs behind the port. Content streams both ways; a read fails when the blob is written anew meanwhile.</summary>
public sealed class AzureBlobs(StorageClients clients) : IBlobs
{
    private readonly ConcurrentDictionary<string, Task> containers = new(StringComparer.Ordinal);

    public async Task WriteAsync(string container, string name, Stream content, CancellationToken stop)
    {
        var blob = BlobOf(container, name);
        await ContainerAsync(container, stop);
        await blob.UploadAsync(content, overwrite: true, stop);
    }

    public async Task<Stream?> ReadAsync(string container, string name, CancellationToken stop)
    {
        try
        {
            return await BlobOf(container, name).OpenReadAsync(new BlobOpenReadOptions(allowModifications: false), stop);
        }
        catch (RequestFailedException error) when (error.Status == 404)
        {
            return null;
        }
    }

    /// <summary>Before the first write and not after a failed one: a stream that was read in part cannot be sent again.</summary>
    private async Task ContainerAsync(string container, CancellationToken stop)
    {
        if (containers.TryGetValue(container, out var earlier) && (earlier.IsFaulted || earlier.IsCanceled))
            containers.TryRemove(new(container, earlier));
        var creation = containers.GetOrAdd(container, static (name, service)
            => service.GetBlobContainerClient(name).CreateIfNotExistsAsync(PublicAccessType.None), clients.Blobs);
        await creation.WaitAsync(stop);
    }

    private BlobClient BlobOf(string container, string name)
    {
        StoreNames.CheckQueueOrContainer(container);
        StoreNames.CheckBlob(name);
        return clients.Blobs.GetBlobContainerClient(container).GetBlobClient(name);
    }
}
