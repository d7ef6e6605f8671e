using System.Globalization;
using System.Text.Json;
using Azure.Storage.Queues;
using Microsoft.Azure.WebJobs.Host;

namespace FundingFlow.Local.Hosting;

/// <summary>The queue options of the functions' own host.json, so that the two hosts cannot drift apart.</summary>
public static class HostJson
{
    /// <summary>The host.json that the build copies beside the functions assembly.</summary>
    public static string PathOf(System.Reflection.Assembly functions)
        => Path.Combine(Path.GetDirectoryName(functions.Location)!, "host.json");

    /// <exception cref="InvalidDataException">The file has a queue option that this host does not know.</exception>
    public static void Apply(string json, QueuesOptions options)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
        if (!document.RootElement.TryGetProperty("extensions", out var extensions)
            || !extensions.TryGetProperty("queues", out var queues))
        {
            return;
        }

        foreach (var option in queues.EnumerateObject())
            Apply(option, options);
    }

    private static void Apply(JsonProperty option, QueuesOptions options)
    {
        switch (option.Name)
        {
            case "batchSize": options.BatchSize = option.Value.GetInt32(); break;
            case "newBatchThreshold": options.NewBatchThreshold = option.Value.GetInt32(); break;
            case "maxDequeueCount": options.MaxDequeueCount = option.Value.GetInt32(); break;
            case "visibilityTimeout": options.VisibilityTimeout = Duration(option.Value); break;
            case "maxPollingInterval": options.MaxPollingInterval = Duration(option.Value); break;
            case "messageEncoding": options.MessageEncoding = Enum.Parse<QueueMessageEncoding>(option.Value.GetString()!, ignoreCase: true); break;
            default: throw new InvalidDataException($"host.json has the queue option '{option.Name}', which the local host does not know.");
        }
    }

    private static TimeSpan Duration(JsonElement value) => TimeSpan.Parse(value.GetString()!, CultureInfo.InvariantCulture);
}
