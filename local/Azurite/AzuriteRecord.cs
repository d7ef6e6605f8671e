using System.Text.Json;
using System.Text.Json.Serialization;

namespace FundingFlow.Local.Azurite;

/// <summary>
/// What <c>azurite.json</c> in the data folder says: the ports, kept for good, and the process or the container that serves
/// them, absent after a clean stop.
/// </summary>
internal sealed record AzuriteRecord(AzuritePorts Ports, AzuriteProcessId? Process = null, string? ContainerId = null)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static AzuriteRecord? Load(string dataFolder)
    {
        var file = PathIn(dataFolder);
        if (!File.Exists(file))
            return null;
        try
        {
            return JsonSerializer.Deserialize<AzuriteRecord>(File.ReadAllText(file), Json);
        }
        catch (JsonException)
        {
            return null; // Half a file of a start that was cut short: as good as none.
        }
    }

    public void Save(string dataFolder)
    {
        var file = PathIn(dataFolder);
        var written = file + ".new";
        File.WriteAllText(written, JsonSerializer.Serialize(this, Json));
        File.Move(written, file, overwrite: true);
    }

    private static string PathIn(string dataFolder) => Path.Combine(dataFolder, "azurite.json");
}

/// <summary>A process id is used again some day; with the time of its start it is one process for ever.</summary>
internal sealed record AzuriteProcessId(int Pid, DateTimeOffset StartedAt);
