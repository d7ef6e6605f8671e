using FundingFlow.Local.Commands;
using Spectre.Console;

namespace FundingFlow.Tests.Pipeline;

/// <summary>Runs <c>verify</c> as an auditor does.</summary>
internal static class Proof
{
    /// <summary>Fails with the first differences unless every balance is what the journal gives.</summary>
    /// <param name="where">--data DIR or --storage STRING.</param>
    /// <returns>What it said.</returns>
    public static async Task<string> AssertAsync(params string[] where)
    {
        using StringWriter said = new(), failed = new();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(said), Ansi = AnsiSupport.No });
        var code = await CommandLine.RunAsync(["verify", .. where], new Terminal(console, failed), TimeProvider.System);
        Assert.True(code == 0, failed.ToString());
        return said.ToString();
    }
}
