namespace FundingFlow.Tests.Pipeline;

public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("fundingflow-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
