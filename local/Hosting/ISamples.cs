namespace FundingFlow.Local.Hosting;

/// <summary>Fills a new system with something to look at. Registered as a service; loading twice must change nothing.</summary>
public interface ISamples
{
    Task LoadAsync(LocalHost host, Action<string> progress, CancellationToken cancellationToken);
}
