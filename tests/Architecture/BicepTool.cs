using System.Diagnostics;
using System.Reflection;

namespace FundingFlow.Tests.Architecture;

/// <summary>The Bicep compiler from its NuGet package, which has it for Linux on x64 only.</summary>
internal static class BicepTool
{
    public const string WhyNotHere = "Skipped: the Bicep compiler comes from Azure.Bicep.CommandLine.linux-x64, which runs on Linux on x64 only.";

    public static string? Program { get; } = typeof(BicepTool).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(attribute => attribute.Key == "BicepTool")?.Value;

    /// <summary>Runs the compiler to its end; <c>Output</c> is all that it printed, warnings included.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(
        string folder, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(Program!, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }
}
