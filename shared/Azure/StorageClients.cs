using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;

namespace FundingFlow.Azure;

/// <summary>
/// The SDK's clients, made once: they are safe for concurrent use and share connections. A request is tried at most five
/// times, over about ten seconds of waiting.
/// </summary>
/// <param name="observers">See every request as it goes out, retries too; benchmarks count with them.</param>
public sealed class StorageClients(StorageSettings settings, IEnumerable<HttpPipelinePolicy> observers)
{
    private readonly HttpPipelinePolicy[] observers = [.. observers];
    private readonly Lazy<TokenCredential> credential = new(() => CredentialOf(settings));

    public TableServiceClient Tables => field ??= settings.ConnectionString is { } connection
        ? new TableServiceClient(connection, Tuned(new TableClientOptions()))
        : new TableServiceClient(settings.TableUri, credential.Value, Tuned(new TableClientOptions()));

    public QueueServiceClient Queues => field ??= settings.ConnectionString is { } connection
        ? new QueueServiceClient(connection, Tuned(QueueOptions()))
        : new QueueServiceClient(settings.QueueUri, credential.Value, Tuned(QueueOptions()));

    public BlobServiceClient Blobs => field ??= settings.ConnectionString is { } connection
        ? new BlobServiceClient(connection, Tuned(BlobOptions()))
        : new BlobServiceClient(settings.BlobUri, credential.Value, Tuned(BlobOptions()));

    /// <summary>A version of the service that the emulator knows too; nothing newer is used.</summary>
    private static BlobClientOptions BlobOptions() => new(BlobClientOptions.ServiceVersion.V2024_11_04);

    /// <summary>No encoding by the SDK: <see cref="QueueText"/> is the one place, and it can also read what is not Base64.</summary>
    private static QueueClientOptions QueueOptions() => new() { MessageEncoding = QueueMessageEncoding.None };

    private TOptions Tuned<TOptions>(TOptions options) where TOptions : ClientOptions
    {
        options.Retry.Mode = RetryMode.Exponential;
        options.Retry.MaxRetries = 4;
        options.Retry.Delay = TimeSpan.FromMilliseconds(500);
        options.Retry.MaxDelay = TimeSpan.FromSeconds(8);
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(30);
        foreach (var observer in observers) options.AddPolicy(observer, HttpPipelinePosition.PerRetry);
        return options;
    }

    private static TokenCredential CredentialOf(StorageSettings settings)
    {
        var isManaged = string.Equals(settings.Credential, "managedidentity", StringComparison.OrdinalIgnoreCase);
        if (isManaged)
            return new ManagedIdentityCredential(settings.ClientId is { Length: > 0 } id
                ? ManagedIdentityId.FromUserAssignedClientId(id)
                : ManagedIdentityId.SystemAssigned);
        return new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = settings.ClientId });
    }
}
