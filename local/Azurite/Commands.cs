using System.ComponentModel;
using System.Diagnostics;

namespace FundingFlow.Local.Azurite;

/// <summary>Runs a program to its end and hands back what it wrote.</summary>
internal static class Commands
{
    public sealed record Outcome(int ExitCode, string Output, string Error);

    /// <summary>Null where there is no such program.</summary>
    public static async Task<Outcome?> RunAsync(string program, IEnumerable<string> arguments, string? folder, CancellationToken stop)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = folder ?? "",
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);

        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            return null;
        }

        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(stop);
        var error = process.StandardError.ReadToEndAsync(stop);
        try
        {
            await process.WaitForExitAsync(stop);
            return new Outcome(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
