using FundingFlow.Storage;
using FundingFlow.Tests.Simulation;

namespace FundingFlow.Tests.Unit.Storage;

public sealed class InMemoryTablesTests : TablesContract
{
    protected override ITables Tables { get; } = new InMemoryTables();
}

public sealed class InMemoryQueuesTests : QueuesContract
{
    protected override IQueues Queues { get; } = new InMemoryQueues();
}

public sealed class InMemoryBlobsTests : BlobsContract
{
    protected override IBlobs Blobs { get; } = new InMemoryBlobs();
}

public sealed class SimulationTests : StoreTest
{
    [Fact]
    public async Task Operations_are_counted_by_kind()
    {
        var operations = new StorageOperations();
        var tables = new InMemoryTables(operations);
        var queues = new InMemoryQueues(operations: operations);
        await tables.PutAsync(Table, RowChange.Add(new Row("rome", "a", "12345")), Stop);
        await tables.CommitAsync(Table, [RowChange.Add(new Row("rome", "b", "")), RowChange.Add(new Row("rome", "c", ""))], Stop);
        await tables.FindAsync(Table, "rome", "a", Stop);
        await queues.SendAsync(Queue, "x", Stop);
        Assert.Equal("x", queues.TryReceive(Queue)?.Body);
        Assert.Null(queues.TryReceive(Queue));
        Assert.Equal("TableRead 1, TableWrite 1, TableTransaction 1, QueueSend 1, QueueReceive 2, QueueDelete 1", operations.ToString());
        Assert.Equal(20, operations.BytesOf(StorageOperation.TableWrite));
        Assert.Equal(7, operations.Total);
    }

    [Fact]
    public async Task A_lost_answer_leaves_the_commit_written()
    {
        var tables = new InMemoryTables { AfterCommit = (_, _) => throw new TimeoutException() };
        await Assert.ThrowsAsync<TimeoutException>(() => tables.PutAsync(Table, RowChange.Add(new Row("rome", "a", "")), Stop));
        Assert.NotNull(await tables.FindAsync(Table, "rome", "a", Stop));
    }

    [Fact]
    public async Task A_lost_request_leaves_nothing_written()
    {
        var tables = new InMemoryTables { BeforeCommit = (_, _) => throw new TimeoutException() };
        await Assert.ThrowsAsync<TimeoutException>(() => tables.PutAsync(Table, RowChange.Add(new Row("rome", "a", "")), Stop));
        Assert.Null(await tables.FindAsync(Table, "rome", "a", Stop));
    }
}
