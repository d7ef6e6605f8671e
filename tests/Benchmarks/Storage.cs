using FundingFlow.Local.Azurite;

namespace FundingFlow.Benchmarks;

/// <summary>An empty Azurite in a folder of its own, on loopback; gone afterwards.</summary>
internal sealed class Storage : IAsyncDisposable
{
    private readonly string folder;
    private readonly AzuriteServer server;

    private Storage(string folder, AzuriteServer server) => (this.folder, this.server) = (folder, server);

    public string ConnectionString => server.ConnectionString;

    public static async Task<Storage> StartAsync(CancellationToken stop)
    {
        var folder = Directory.CreateTempSubdirectory("fundingflow-benchmark-").FullName;
        return new Storage(folder, await AzuriteServer.StartAsync(folder, stop: stop));
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
