namespace FundingFlow.Local.Azurite;

/// <summary>One start in a data folder whose lock is held: probe, decide, bring up, record.</summary>
internal sealed class AzuriteStart(string dataFolder, string toolsFolder, Action<string> progress, TimeSpan patience)
{
    private const int Attempts = 3;
    private readonly AzuriteOnNode node = new(toolsFolder);

    public async Task<(AzuritePath Path, AzuritePorts Ports)> FindOrStartAsync(CancellationToken stop)
    {
        var record = AzuriteRecord.Load(dataFolder);
        switch (AzuriteChoice.Decide(await ProbeAsync(record, stop)))
        {
            case AzuritePath.Running:
                return (AzuritePath.Running, record!.Ports);
            case AzuritePath.Docker:
                progress($"Starting Azurite {AzuriteOnNode.Version} in Docker …");
                return (AzuritePath.Docker, await StartAsync(record, async ports => new AzuriteRecord(
                    ports, ContainerId: await AzuriteInDocker.StartAsync(dataFolder, ports, stop)), stop));
            case AzuritePath.Node:
                if (!node.IsInstalled)
                {
                    progress($"Installing Azurite {AzuriteOnNode.Version} from npm, once; this takes a while …");
                    await node.InstallAsync(stop);
                }

                progress($"Starting Azurite {AzuriteOnNode.Version} …");
                return (AzuritePath.Node, await StartAsync(record, async ports => new AzuriteRecord(
                    ports, Process: await node.LaunchAsync(dataFolder, ports, stop)), stop));
            default:
                throw new AzuriteUnavailableException(
                    $"Neither Docker nor Node {AzuriteChoice.OldestNode} or newer with npm answers: install one of them, or give a storage account with --storage.");
        }
    }

    private async Task<AzuriteProbes> ProbeAsync(AzuriteRecord? record, CancellationToken stop)
    {
        // One that is still starting is waited for: two Azurites over the same files would spoil them.
        if (record is not null && await AnswersInTimeAsync(record, stop))
            return new AzuriteProbes(RecordedAnswers: true, DockerAnswers: false, NodeMajor: null, AzuriteInstalled: false, NpmAnswers: false);
        if (await AzuriteInDocker.AnswersAsync(stop))
            return new AzuriteProbes(RecordedAnswers: false, DockerAnswers: true, NodeMajor: null, AzuriteInstalled: false, NpmAnswers: false);
        return new AzuriteProbes(
            RecordedAnswers: false,
            DockerAnswers: false,
            NodeMajor: await AzuriteOnNode.NodeMajorAsync(stop),
            AzuriteInstalled: node.IsInstalled,
            NpmAnswers: !node.IsInstalled && await AzuriteOnNode.NpmAnswersAsync(stop));
    }

    private async Task<AzuritePorts> StartAsync(AzuriteRecord? last, Func<AzuritePorts, Task<AzuriteRecord>> launch, CancellationToken stop)
    {
        for (var attempt = 1; ; attempt++)
        {
            var ports = AzuritePorts.Choose(attempt == 1 ? last?.Ports : null);
            var started = await launch(ports);
            // Recorded before it answers: if we are killed now, the next start still finds it.
            started.Save(dataFolder);
            if (await AnswersInTimeAsync(started, stop))
                return ports;
            if (attempt == Attempts)
                throw new AzuriteUnavailableException($"Azurite does not start; its own words are in {Path.Combine(dataFolder, "azurite.log")}.");
        }
    }

    /// <summary>False when it has ended instead, as it does when another program took one of its ports first.</summary>
    private async Task<bool> AnswersInTimeAsync(AzuriteRecord started, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(patience);
        try
        {
            while (await IsRunningAsync(started, limit.Token))
            {
                if (await AzuriteProbe.AnswersAsync(started.Ports, limit.Token))
                    return true;
                await Task.Delay(TimeSpan.FromMilliseconds(100), limit.Token);
            }

            return false;
        }
        catch (OperationCanceledException e) when (!stop.IsCancellationRequested)
        {
            throw new AzuriteUnavailableException($"Azurite runs but does not answer; its own words are in {Path.Combine(dataFolder, "azurite.log")}.", e);
        }
    }

    private static async Task<bool> IsRunningAsync(AzuriteRecord record, CancellationToken stop)
        => record.Process is { } process ? OtherProcess.IsAlive(process)
            : record.ContainerId is { } container && await AzuriteInDocker.IsRunningAsync(container, stop);
}
