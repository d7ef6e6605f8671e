using FundingFlow.Local.Hosting;

namespace FundingFlow.Local.Commands;

/// <summary>Serves everything until it is told to stop.</summary>
public sealed class ServeCommand : ICommand
{
    public string Name => "";

    public string Help => $"""
        dotnet run --project local -- [options]        serve FundingFlow on this machine
          --port PORT        the port on 127.0.0.1 (default {LocalHostOptions.DefaultPort})
          --storage STRING   use this storage account instead of an Azurite of our own
          --data DIR         where keys, mails and Azurite's files are kept (default {LocalHostOptions.DefaultDataFolder})
          --no-samples       start without the sample cities, projects and partners
          --help             this text
        """;

    public static LocalHostOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new Options(arguments);
        var parsed = new LocalHostOptions
        {
            Port = options.Number("--port", 1, 65535) ?? LocalHostOptions.DefaultPort,
            Storage = options.Value("--storage"),
            DataFolder = options.Value("--data") ?? LocalHostOptions.DefaultDataFolder,
            Samples = !options.Flag("--no-samples"),
        };
        options.End();
        return parsed;
    }

    public async Task<int> RunAsync(IReadOnlyList<string> arguments, Terminal terminal, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(terminal);
        await using var host = await LocalHost.StartAsync(Parse(arguments), clock, terminal.Say);
        terminal.Table("FundingFlow is ready",
        [
            ("API", host.Url + "/api"),
            ("Dashboard", host.Url + "/dashboard"),
            ("Mailbox", host.Url + "/mailbox"),
            ("OpenAPI", host.Url + "/api/openapi.json"),
            ("Health", host.Url + "/api/health"),
            ("Staff key", host.StaffKey),
            ("Data", host.Data.Path),
        ]);
        await host.LoadSamplesAsync(terminal.Say);
        terminal.Say("Press Ctrl-C to stop; start again: nothing is lost.");
        await host.WaitForStopAsync();
        terminal.Say("Stopping …");
        return 0;
    }
}
