using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using FundingFlow.Local.Azurite;

namespace FundingFlow.Tests.Pipeline.Local;

public sealed class AzuriteServerTests : IDisposable
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_was_written_the_moment_before_a_stop_is_there_after_the_next_start()
    {
        await using (var first = await AzuriteServer.StartAsync(folder.Path, stop: Stop))
        {
            // Older than one writing interval or not, with open connections: neither may matter.
            await new TableClient(first.ConnectionString, "Kept").CreateAsync(Stop);
            await new TableClient(first.ConnectionString, "Kept").AddEntityAsync(new TableEntity("p", "r") { ["Text"] = "here" }, Stop);
            await new QueueClient(first.ConnectionString, "kept").CreateAsync(cancellationToken: Stop);
            await new QueueClient(first.ConnectionString, "kept").SendMessageAsync("here", Stop);
            await new BlobContainerClient(first.ConnectionString, "kept").CreateAsync(cancellationToken: Stop);
            await new BlobClient(first.ConnectionString, "kept", "blob").UploadAsync(BinaryData.FromString("here"), Stop);
        }

        await using var second = await AzuriteServer.StartAsync(folder.Path, stop: Stop);

        var row = await new TableClient(second.ConnectionString, "Kept").GetEntityAsync<TableEntity>("p", "r", cancellationToken: Stop);
        Assert.Equal("here", row.Value.GetString("Text"));
        Assert.Equal("here", (await new QueueClient(second.ConnectionString, "kept").ReceiveMessageAsync(cancellationToken: Stop)).Value.Body.ToString());
        Assert.Equal("here", (await new BlobClient(second.ConnectionString, "kept", "blob").DownloadContentAsync(Stop)).Value.Content.ToString());
    }

    [Fact]
    public async Task A_second_start_finds_the_first_ones_azurite_and_leaves_it_to_it()
    {
        await using var first = await AzuriteServer.StartAsync(folder.Path, stop: Stop);
        var second = await AzuriteServer.StartAsync(folder.Path, stop: Stop);

        Assert.NotEqual(AzuritePath.Running, first.Path);
        Assert.Equal(AzuritePath.Running, second.Path);
        Assert.Equal(first.ConnectionString, second.ConnectionString);

        await second.DisposeAsync();
        Assert.True(await AzuriteProbe.AnswersAsync(first.Ports, Stop));
    }

    [Fact]
    public async Task The_one_that_started_it_leaves_it_running_for_another_and_the_last_stops_it()
    {
        var first = await AzuriteServer.StartAsync(folder.Path, stop: Stop);
        var second = await AzuriteServer.StartAsync(folder.Path, stop: Stop);

        await first.DisposeAsync();
        Assert.True(await AzuriteProbe.AnswersAsync(second.Ports, Stop));

        await second.DisposeAsync();
        Assert.False(await AzuriteProbe.AnswersAsync(second.Ports, Stop));
    }

    [Fact]
    public async Task Starts_at_the_same_time_share_one()
    {
        var servers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => AzuriteServer.StartAsync(folder.Path, stop: Stop))));

        Assert.Single(servers.Select(server => server.ConnectionString).Distinct());
        Assert.Single(servers, server => server.Path != AzuritePath.Running);
        foreach (var server in servers)
            await server.DisposeAsync();
    }

    [Fact]
    public async Task A_user_that_was_killed_counts_no_more()
    {
        var server = await AzuriteServer.StartAsync(folder.Path, stop: Stop);
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "azurite.users", "999999-0badcafe"), "", Stop);

        await server.DisposeAsync();

        Assert.False(await AzuriteProbe.AnswersAsync(server.Ports, Stop));
    }

    [Fact]
    public async Task The_ports_stay_from_one_start_to_the_next()
    {
        await using var first = await AzuriteServer.StartAsync(folder.Path, stop: Stop);
        await first.DisposeAsync();

        await using var second = await AzuriteServer.StartAsync(folder.Path, stop: Stop);

        Assert.Equal(first.Ports, second.Ports);
    }

    [Fact]
    public async Task A_record_of_a_process_that_is_gone_or_is_another_one_now_is_not_believed()
    {
        var ports = AzuritePorts.Choose(null);
        new AzuriteRecord(ports, new AzuriteProcessId(Environment.ProcessId, DateTimeOffset.UnixEpoch)).Save(folder.Path);

        await using var server = await AzuriteServer.StartAsync(folder.Path, stop: Stop);

        Assert.NotEqual(AzuritePath.Running, server.Path);
        Assert.Equal(ports, server.Ports);
    }
}
