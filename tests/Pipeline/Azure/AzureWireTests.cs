using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Queues;
using FundingFlow.Azure;
using FundingFlow.Storage;
using FundingFlow.Tests.Unit.Storage;

namespace FundingFlow.Tests.Pipeline.Azure;

/// <summary>What others rely on beside the port: the trigger's encoding, no expiry, and how many requests a call costs.</summary>
public sealed class AzureWireTests(AzuriteFixture azurite) : StoreTest
{
    [Fact]
    public async Task Messages_lie_in_Base64_and_never_expire()
    {
        await new AzureQueues(azurite.StorageClients()).SendAsync(Queue, "{\"v\":1} 🌍", Stop);
        var raw = new QueueClient(azurite.ConnectionString, Queue);
        var message = (await raw.ReceiveMessageAsync(cancellationToken: Stop)).Value;
        Assert.Equal("{\"v\":1} 🌍", Encoding.UTF8.GetString(Convert.FromBase64String(message.MessageText)));
        Assert.True(message.ExpiresOn - message.InsertedOn > TimeSpan.FromDays(365 * 100));
    }

    [Fact]
    public async Task A_message_that_no_trigger_can_read_is_shown_as_it_is_and_stays_as_it_was()
    {
        var raw = new QueueClient(azurite.ConnectionString, Queue);
        await raw.CreateAsync(cancellationToken: Stop);
        await raw.SendMessageAsync("not base64 {", Stop);
        await raw.SendMessageAsync(Convert.ToBase64String([0xff, 0xfe, 0xfd]), Stop);
        var queues = new AzureQueues(azurite.StorageClients());
        await queues.RemoveAsync(Queue, _ => false, Stop);
        Assert.Equal(["//79", "not base64 {"], (await queues.PeekAsync(Queue, Stop)).Select(message => message.Body).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_call_costs_one_request_once_the_table_and_the_queue_are_there()
    {
        var requests = new Requests();
        var clients = new StorageClients(new StorageSettings { ConnectionString = azurite.ConnectionString }, [requests]);
        var (tables, queues) = (new AzureTables(clients), new AzureQueues(clients));
        await tables.PutAsync(Table, RowChange.Add(new Row("rome", "a", "1")), Stop);
        await queues.SendAsync(Queue, "x", Stop);
        requests.Lines.Clear();

        await tables.PutAsync(Table, RowChange.Add(new Row("rome", "b", "1")), Stop);
        await tables.CommitAsync(Table, [RowChange.Add(new Row("rome", "c", "1")), RowChange.Add(new Row("rome", "d", "1"))], Stop);
        await tables.FindAsync(Table, "rome", "a", Stop);
        await tables.PrefixAsync(Table, "rome", "", Stop).ToListAsync(Stop);
        await queues.SendAsync(Queue, "x", Stop);
        Assert.Equal([$"POST {Table}", "POST $batch", $"GET {Table}(PartitionKey='rome',RowKey='a')", $"GET {Table}()", "POST messages"], requests.Lines);
    }

    private sealed class Requests : HttpPipelineSynchronousPolicy
    {
        public List<string> Lines { get; } = [];

        public override void OnSendingRequest(HttpMessage message)
            => Lines.Add($"{message.Request.Method} {Uri.UnescapeDataString(message.Request.Uri.ToUri().Segments[^1])}");
    }
}
