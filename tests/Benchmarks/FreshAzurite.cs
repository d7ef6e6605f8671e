using FundingFlow.Local.Azurite;

namespace FundingFlow.Benchmarks;

/// <summary>An empty Azurite in a folder of its own, on loopback; gone afterwards.</summary>
internal sealed class FreshAzurite : IAsyncDisposable
{
    private readonly string folder;
    private readonly AzuriteServer server;

    private FreshAzurite(string folder, AzuriteServer server) => (this.folder, this.server) = (folder, server);

    public string ConnectionString => server.ConnectionString;

    public static async Task<FreshAzurite> StartAsync(CancellationToken stop)
    {
        var folder = Directory.CreateTempSubdirectory("fundingflow-benchmark-").FullName;
        return new FreshAzurite(folder, await AzuriteServer.StartAsync(folder, stop: stop));
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
