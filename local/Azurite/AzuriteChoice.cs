namespace FundingFlow.Local.Azurite;

/// <summary>The ways to an Azurite, in the order in which they are preferred.</summary>
public enum AzuritePath
{
    /// <summary>The one that this data folder's last start left running.</summary>
    Running,
    Docker,
    Node,

    /// <summary>Neither Docker nor Node: nothing to start it with.</summary>
    None,
}

/// <param name="RecordedAnswers">The instance recorded in the data folder is alive and answers on its ports.</param>
/// <param name="NodeMajor">The major version of Node, null where there is none.</param>
/// <param name="NpmAnswers">npm can be called; only asked while Azurite is not installed.</param>
public sealed record AzuriteProbes(bool RecordedAnswers, bool DockerAnswers, int? NodeMajor, bool AzuriteInstalled, bool NpmAnswers);

public static class AzuriteChoice
{
    /// <summary>What Azurite 3.35.0 needs.</summary>
    public const int OldestNode = 18;

    public static AzuritePath Decide(AzuriteProbes probes) => probes switch
    {
        { RecordedAnswers: true } => AzuritePath.Running,
        { DockerAnswers: true } => AzuritePath.Docker,
        { NodeMajor: >= OldestNode, AzuriteInstalled: true } => AzuritePath.Node,
        { NodeMajor: >= OldestNode, NpmAnswers: true } => AzuritePath.Node,
        _ => AzuritePath.None,
    };
}
