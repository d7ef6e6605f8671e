using System.Text.Json;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using FundingFlow.Local.Hosting;

namespace FundingFlow.Tests.Pipeline;

/// <summary>What others put straight into the queue.</summary>
public sealed class QueueMessagesTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private LocalHost host = null!;
    private ApiClient api = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        host = await LocalHost.StartAsync(
            new LocalHostOptions { Port = 0, Storage = azurite.ConnectionString, DataFolder = folder.Path, Samples = false }, TimeProvider.System, stop: Stop);
        api = new ApiClient(host.Url, host.StaffKey);
    }

    public async ValueTask DisposeAsync()
    {
        api?.Dispose();
        if (host is not null)
            await host.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Malformed_messages_end_in_the_poison_queue_and_before_staff()
    {
        string[] bodies =
        [
            "this is no JSON",
            """{"v":1,"idempotencyKey":"q","pledge":{"partnerId":"nobody-at-all","resource":{"kind":"money","amount":"-1","currency":"EUR"}}}""",
            """{"v":1,"bucket":"b","pledges":[{}]}""",
        ];
        var queue = await QueueAsync("pledges-submitted");
        foreach (var body in bodies)
            await queue.SendMessageAsync(body, Stop);

        foreach (var body in bodies)
        {
            var alert = await Eventually.GetAsync(async () => await AlertOfAsync((await PoisonedAsync(body)).MessageId), "the alert about " + body);
            Assert.Equal(("open", "critical", "pledges-submitted"), (alert.Text("state"), alert.Text("severity"), alert.Text("figures/queue")));
        }
    }

    [Fact]
    public async Task A_partners_own_message_is_placed_like_a_pledge_over_HTTP()
    {
        await api.PutAsync("/api/partners/own-system", """{"name":"A partner with a system of its own","sector":"private","country":"IT"}""");
        await api.PutAsync("/api/projects/own-system", """
            {"title":"A project","city":"Kigali","country":"RW","area":"tourism","currency":"EUR","needs":[{"id":"all","kind":"money","amount":"1000.00"}]}
            """);
        const string pledge = """
            {"partnerId":"own-system","resource":{"kind":"money","amount":"80.00","currency":"EUR"},"areas":["tourism"],"earmark":{"projects":["own-system"]}}
            """;
        var queue = await QueueAsync("pledges-submitted");

        await queue.SendMessageAsync($$"""{"v":1,"idempotencyKey":"own-1","pledge":{{pledge}}}""", Stop);
        await queue.SendMessageAsync($$"""{"v":1,"idempotencyKey":"own-1","pledge":{{pledge}}}""", Stop);

        var found = await Eventually.GetAsync(PlacedAsync, "the pledge to be placed");
        Assert.Equal("80.00", Assert.Single(found.Items("allocations")).Text("amount"));
        Assert.Equal(found.Text("id"), await api.PledgeAsync(pledge, "own-1"));
        Assert.Equal("80.00", (await api.GetAsync("/api/projects/own-system")).Text("needs/0/funding/pledged"));
    }

    /// <summary>The copy that the host has put aside; it has an id of its own.</summary>
    private async Task<PeekedMessage> PoisonedAsync(string body)
    {
        var poison = await QueueAsync("pledges-submitted-poison");
        return await Eventually.GetAsync(
            async () => (await poison.PeekMessagesAsync(32, Stop)).Value.FirstOrDefault(message => message.Body.ToString() == body), "the poison copy of " + body);
    }

    private async Task<Found?> PlacedAsync()
        => (await api.AllAsync("/api/pledges?partner=own-system&status=placed")) is [var only] ? new Found(only) : null;

    private async Task<Found?> AlertOfAsync(string messageId)
        => (await api.AllAsync("/api/alerts?kind=failed-message")).Where(alert => alert.At("figures").TryGetProperty("messageId", out var id)
            && id.GetString() == messageId).Select(alert => new Found(alert)).FirstOrDefault();

    private async Task<QueueClient> QueueAsync(string name)
    {
        var queue = new QueueClient(azurite.ConnectionString, name, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        await queue.CreateIfNotExistsAsync(cancellationToken: Stop);
        return queue;
    }

    /// <summary>What was waited for.</summary>
    private sealed record Found(JsonElement Json)
    {
        public string Text(string path) => Json.Text(path);

        public JsonElement[] Items(string path) => Json.Items(path);
    }
}
