using System.Globalization;
using Docker.DotNet;
using Docker.DotNet.Models;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;
using Microsoft.Extensions.Logging.Abstractions;

namespace FundingFlow.Local.Azurite;

/// <summary>Azurite as a container that outlives our process, on loopback ports, its data in our folder.</summary>
internal static class AzuriteInDocker
{
    public const string Image = "mcr.microsoft.com/azure-storage/azurite:" + AzuriteOnNode.Version;

    private const uint SecondsToStop = 60;
    private static readonly TimeSpan ProbeTime = TimeSpan.FromSeconds(5);

    public static async Task<bool> AnswersAsync(CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(ProbeTime);
        try
        {
            using var docker = Client();
            await docker.System.PingAsync(patience.Token);
            return true;
        }
#pragma warning disable CA1031 // The client has a way to fail for each platform and transport; here all of them mean no.
        catch (Exception) when (!stop.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return false;
        }
    }

    /// <summary>Creates and starts the container; it is removed when it stops, and no reaper ends it with our process.</summary>
    public static async Task<string> StartAsync(string dataFolder, AzuritePorts ports, CancellationToken stop)
    {
        var location = Directory.CreateDirectory(Path.Combine(dataFolder, "azurite")).FullName;
        var container = new ContainerBuilder(Image)
            .WithLogger(NullLogger.Instance)
            .WithCleanUp(false)
            .WithAutoRemove(true)
            .WithBindMount(location, "/data")
            .WithCommand(
                "azurite", "--silent", "--disableTelemetry", "--skipApiVersionCheck", "--location", "/data",
                "--blobHost", "0.0.0.0", "--queueHost", "0.0.0.0", "--tableHost", "0.0.0.0")
            .WithCreateParameterModifier(parameters => parameters.HostConfig!.PortBindings = new Dictionary<string, IList<PortBinding>>
            {
                ["10000/tcp"] = OnLoopback(ports.Blob),
                ["10001/tcp"] = OnLoopback(ports.Queue),
                ["10002/tcp"] = OnLoopback(ports.Table),
            })
            .WithExposedPort(10000)
            .WithExposedPort(10001)
            .WithExposedPort(10002)
            .Build();
        await container.StartAsync(stop);
        return container.Id;
    }

    public static async Task<bool> IsRunningAsync(string containerId, CancellationToken stop)
    {
        try
        {
            using var docker = Client();
            return (await docker.Containers.InspectContainerAsync(containerId, stop)).State is { Running: true };
        }
        catch (Exception e) when (e is DockerApiException or HttpRequestException or IOException or TimeoutException)
        {
            return false;
        }
    }

    /// <summary>SIGTERM, and the time to write; the container is gone when this returns.</summary>
    public static async Task StopAsync(string containerId, CancellationToken stop)
    {
        using var docker = Client();
        try
        {
            await docker.Containers.StopContainerAsync(containerId, new ContainerStopParameters { WaitBeforeKillSeconds = SecondsToStop }, stop);
        }
        catch (DockerContainerNotFoundException)
        {
            return;
        }
    }

    private static DockerClient Client()
        => TestcontainersSettings.OS.DockerEndpointAuthConfig.GetDockerClientBuilder(Guid.Empty).Build();

    private static List<PortBinding> OnLoopback(int port)
        => [new PortBinding { HostIP = "127.0.0.1", HostPort = port.ToString(CultureInfo.InvariantCulture) }];
}
