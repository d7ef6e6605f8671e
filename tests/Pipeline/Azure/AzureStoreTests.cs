using FundingFlow.Azure;
using FundingFlow.Storage;
using FundingFlow.Tests.Unit.Storage;

namespace FundingFlow.Tests.Pipeline.Azure;

public sealed class AzureTablesTests(AzuriteFixture azurite) : TablesContract
{
    protected override ITables Tables { get; } = new AzureTables(azurite.StorageClients());

    [Fact]
    public async Task What_was_written_long_before_a_mark_is_not_told_again()
    {
        var (tables, table, stop) = (Tables, azurite.UniqueName(), TestContext.Current.CancellationToken);
        await tables.PutAsync(table, RowChange.Add(new Row("rome", "need|old", "1")), stop);
        // Longer than a row's time may lie behind.
        await Task.Delay(TimeSpan.FromSeconds(11), stop);
        await tables.PutAsync(table, RowChange.Add(new Row("rome", "need|new", "1")), stop);
        var all = await tables.WrittenAsync(table, "rome", "need|", "need}", null, stop);
        Assert.Equal(["need|new", "need|old"], all.Rows.Select(row => row.Key));

        Assert.Equal(["need|new"], (await tables.WrittenAsync(table, "rome", "need|", "need}", all.Mark, stop)).Rows.Select(row => row.Key));
    }
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
