using FundingFlow.Local.Azurite;
using FundingFlow.Local.Hosting;

namespace FundingFlow.Local.Commands;

/// <summary>Chooses the command and turns its failures into a line and an exit code.</summary>
public static class CommandLine
{
    private static readonly ICommand[] All = [new ServeCommand(), new ImportCommand(), new VerifyCommand()];

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, Terminal terminal, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        if (arguments.Contains("--help") || arguments.Contains("-h"))
        {
            terminal.Say(string.Join(Environment.NewLine + Environment.NewLine, All.Select(command => command.Help)));
            return 0;
        }

        try
        {
            var named = arguments.Count > 0 && !arguments[0].StartsWith('-');
            var name = named ? arguments[0] : "";
            var command = All.FirstOrDefault(command => command.Name == name)
                ?? throw new UsageException($"There is no command '{name}'.");
            return await command.RunAsync([.. arguments.Skip(named ? 1 : 0)], terminal, clock);
        }
        catch (UsageException e)
        {
            terminal.Fail($"{e.Message} See --help.");
            return 2;
        }
        catch (Exception e) when (e is AzuriteUnavailableException or PortTakenException or UnservableFunctionException)
        {
            terminal.Fail(e.Message);
            return 1;
        }
    }
}
