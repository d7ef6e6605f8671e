using FundingFlow.Local.Hosting;

namespace FundingFlow.Local.Azurite;

/// <summary>
/// The Azurite of a data folder. Starts it, or joins the one that is running there; the last user to leave stops it, gracefully,
/// because Azurite writes its files every five seconds and would lose what it has acknowledged since. A user that is
/// killed leaves it running, and the next start finds it.
/// </summary>
public sealed class AzuriteServer : IAsyncDisposable
{
    private static readonly TimeSpan TimeToStart = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan TimeToStop = TimeSpan.FromMinutes(1);

    private readonly string dataFolder;
    private readonly FolderUsers user;
    private bool disposed;

    private AzuriteServer(string dataFolder, FolderUsers user, AzuritePath path, AzuritePorts ports)
        => (this.dataFolder, this.user, Path, Ports) = (dataFolder, user, path, ports);

    /// <summary>How it was come by.</summary>
    public AzuritePath Path { get; }

    public AzuritePorts Ports { get; }

    public string ConnectionString => Ports.ConnectionString;

    /// <param name="dataFolder">Created if missing. Azurite's files, its log and the record of its ports live there.</param>
    /// <param name="toolsFolder">Where Azurite is installed from npm; by default the user's local application data.</param>
    /// <param name="progress">Told of what takes long.</param>
    /// <exception cref="AzuriteUnavailableException">Neither Docker nor Node, or Azurite does not start.</exception>
    public static async Task<AzuriteServer> StartAsync(
        string dataFolder, string? toolsFolder = null, Action<string>? progress = null, CancellationToken stop = default)
    {
        dataFolder = Directory.CreateDirectory(dataFolder).FullName;
        using var alone = await LockAsync(dataFolder, stop);
        var user = FolderUsers.Join(dataFolder);
        try
        {
            var (path, ports) = await new AzuriteStart(dataFolder, toolsFolder ?? AzuriteOnNode.DefaultToolsFolder, progress ?? (_ => { }), TimeToStart)
                .FindOrStartAsync(stop);
            return new AzuriteServer(dataFolder, user, path, ports);
        }
        catch
        {
            user.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (disposed)
            return;
        disposed = true;
        using var patience = new CancellationTokenSource(TimeToStop);
        using var alone = await LockAsync(dataFolder, patience.Token);
        user.Dispose();
        if (FolderUsers.Any(dataFolder) || AzuriteRecord.Load(dataFolder) is not { } record)
            return;
        if (record.Process is { } process)
            await OtherProcess.StopAsync(process, patience.Token);
        if (record.ContainerId is { } container)
            await AzuriteInDocker.StopAsync(container, patience.Token);
        new AzuriteRecord(record.Ports).Save(dataFolder);
    }

    private static Task<FolderLock> LockAsync(string dataFolder, CancellationToken stop)
        => FolderLock.AcquireAsync(System.IO.Path.Combine(dataFolder, "azurite.lock"), stop);
}
