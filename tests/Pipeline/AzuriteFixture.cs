using FundingFlow.Local.Azurite;

[assembly: AssemblyFixture(typeof(FundingFlow.Tests.Pipeline.AzuriteFixture))]

namespace FundingFlow.Tests.Pipeline;

/// <summary>
/// One Azurite for all tests that want a storage, in a folder of its own, started when the first one asks. Tests share it: let each
/// use names of its own (see <see cref="UniqueName"/>).
/// </summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private AzuriteServer? server;
    private int names;

    public string ConnectionString => server!.ConnectionString;

    /// <summary>A name for a queue, table or container that no other test of this run has: letters and digits, at most 30.</summary>
    public string UniqueName(string prefix = "test") => string.Create(null, $"{prefix}{Interlocked.Increment(ref names)}");

    public async ValueTask InitializeAsync() => server = await AzuriteServer.StartAsync(folder.Path);

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
        folder.Dispose();
    }
}
