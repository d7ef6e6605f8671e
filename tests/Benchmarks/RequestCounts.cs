using Azure.Core;
using Azure.Core.Pipeline;
using FundingFlow.Tests.Simulation;

namespace FundingFlow.Benchmarks;

/// <summary>Counts the requests of the app's own storage clients as they go out, repetitions too. Thread-safe.</summary>
/// <param name="connection">Names the account's endpoints: what goes to the one for blobs is theirs.</param>
internal sealed class RequestCounts(string connection) : HttpPipelineSynchronousPolicy
{
    private const string BlobEndpoint = "BlobEndpoint=";
    private readonly string blobs = connection.Split(';').First(part => part.StartsWith(BlobEndpoint, StringComparison.Ordinal))[BlobEndpoint.Length..];

    public StorageOperations Operations { get; } = new();

    public override void OnSendingRequest(HttpMessage message)
    {
        var (uri, method) = (message.Request.Uri.ToString(), message.Request.Method);
        Operations.Count(KindOf(uri, method));
    }

    private StorageOperation KindOf(string uri, RequestMethod method)
    {
        if (uri.StartsWith(blobs, StringComparison.Ordinal)) return method == RequestMethod.Get || method == RequestMethod.Head ? StorageOperation.BlobRead : StorageOperation.BlobWrite;
        if (uri.Contains("/$batch", StringComparison.Ordinal)) return StorageOperation.TableTransaction;
        if (uri.Contains("/messages", StringComparison.Ordinal))
            return method == RequestMethod.Post ? StorageOperation.QueueSend
                : method == RequestMethod.Delete ? StorageOperation.QueueDelete
                : uri.Contains("peekonly", StringComparison.Ordinal) ? StorageOperation.QueuePeek : StorageOperation.QueueReceive;
        if (uri.Contains("comp=metadata", StringComparison.Ordinal)) return StorageOperation.QueueCount;
        if (method != RequestMethod.Get) return StorageOperation.TableWrite;
        return uri.Contains("RowKey=", StringComparison.Ordinal) ? StorageOperation.TableRead : StorageOperation.TableQuery;
    }
}
