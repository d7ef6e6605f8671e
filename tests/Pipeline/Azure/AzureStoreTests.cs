using FundingFlow.Azure;
using FundingFlow.Storage;
using FundingFlow.Tests.Unit.Storage;

namespace FundingFlow.Tests.Pipeline.Azure;

public sealed class AzureTablesTests(AzuriteFixture azurite) : TablesContract
{
    protected override ITables Tables { get; } = new AzureTables(azurite.StorageClients());
}

public sealed class AzureQueuesTests(AzuriteFixture azurite) : QueuesContract
{
    protected override IQueues Queues { get; } = new AzureQueues(azurite.StorageClients());
}

public sealed class AzureBlobsTests(AzuriteFixture azurite) : BlobsContract
{
    protected override IBlobs Blobs { get; } = new AzureBlobs(azurite.StorageClients());
}

internal static class AzuriteConnections
{
    public static StorageClients StorageClients(this AzuriteFixture azurite)
        => new(new StorageSettings { ConnectionString = azurite.ConnectionString }, []);
}
