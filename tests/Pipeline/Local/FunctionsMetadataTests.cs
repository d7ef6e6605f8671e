using System.Text.Json;
using FundingFlow.Local.Hosting;

namespace FundingFlow.Tests.Pipeline.Local;

/// <summary>What the build tells the Functions host about our functions: others depend on these routes, queues and times.</summary>
public class FunctionsMetadataTests
{
    private static readonly string File = Path.Combine(Path.GetDirectoryName(FunctionsHost.FunctionsAssembly.Location)!, "functions.metadata");

    [Fact]
    public void Functions_have_the_triggers_that_were_approved()
    {
        using var metadata = JsonDocument.Parse(System.IO.File.ReadAllText(File));

        Approved.Matches("functions", string.Join('\n', metadata.RootElement.EnumerateArray().Select(Line).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Both_hosts_serve_the_same_functions()
    {
        using var metadata = JsonDocument.Parse(System.IO.File.ReadAllText(File));

        Assert.Equal(
            metadata.RootElement.EnumerateArray().Select(function => function.GetProperty("name").GetString()!).Order(StringComparer.Ordinal),
            FunctionsHost.Catalog.Functions.Select(function => function.Name));
    }

    private static string Line(JsonElement function)
    {
        var trigger = function.GetProperty("bindings").EnumerateArray()
            .Single(binding => binding.GetProperty("type").GetString()!.EndsWith("Trigger", StringComparison.OrdinalIgnoreCase));
        var type = trigger.GetProperty("type").GetString()!;
        var what = type switch
        {
            "httpTrigger" => $"{Methods(trigger)} /{Text(trigger, "route")} ({Text(trigger, "authLevel")})",
            "queueTrigger" => $"{Text(trigger, "queueName")} ({Text(trigger, "connection") ?? "AzureWebJobsStorage"})",
            "timerTrigger" => Text(trigger, "schedule") + (Text(trigger, "runOnStartup") is "True" ? " and on startup" : ""),
            _ => trigger.GetRawText(),
        };
        return $"{function.GetProperty("name").GetString()}: {type} {what}";
    }

    private static string Methods(JsonElement trigger) => trigger.TryGetProperty("methods", out var methods)
        ? string.Join(',', methods.EnumerateArray().Select(method => method.GetString()!.ToUpperInvariant()).Order(StringComparer.Ordinal))
        : "ANY";

    private static string? Text(JsonElement trigger, string name) => trigger.TryGetProperty(name, out var value) ? value.ToString() : null;
}
