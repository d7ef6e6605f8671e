namespace FundingFlow.Local.Hosting;

public sealed record LocalHostOptions
{
    public const int DefaultPort = 7071;
    public const string DefaultDataFolder = ".fundingflow";

    /// <summary>On 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>A connection string; null brings up an Azurite.</summary>
    public string? Storage { get; init; }

    public string DataFolder { get; init; } = DefaultDataFolder;

    public bool Samples { get; init; } = true;
}
