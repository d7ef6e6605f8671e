using FundingFlow.Azure;
using FundingFlow.Ledger.Audit;
using FundingFlow.Local.Azurite;
using FundingFlow.Local.Hosting;
using FundingFlow.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FundingFlow.Local.Commands;

/// <summary>Proves the books of a storage, whether something runs on it or not.</summary>
public sealed class VerifyCommand : ICommand
{
    private const int Shown = 20;

    public string Name => "verify";

    public string Help => $"""
        dotnet run --project local -- verify [options]        rebuild every balance from the journal and compare; changes nothing
          --storage STRING   this storage account
          --data DIR         else the Azurite of this folder (default {LocalHostOptions.DefaultDataFolder})
          exit code          0 the books are right, 1 they are not, or kept changing while they were read
        """;

    public async Task<int> RunAsync(IReadOnlyList<string> arguments, Terminal terminal, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(terminal);
        var options = new Options(arguments);
        var storage = options.Value("--storage");
        var data = options.Value("--data");
        options.End();
        // A folder that is named means its own Azurite, whatever the environment says.
        storage ??= data is null ? Environment.GetEnvironmentVariable(LocalSettings.StorageName) : null;
        if (storage is not null) return Tell(await AuditAsync(storage, clock), terminal);

        data ??= LocalHostOptions.DefaultDataFolder;
        if (!File.Exists(Path.Combine(data, "azurite.json")))
            throw new UsageException($"There is no storage in {data}: give --data with the folder of a host, or --storage.");
        await using var azurite = await AzuriteServer.StartAsync(data, progress: terminal.Say);
        return Tell(await AuditAsync(azurite.ConnectionString, clock), terminal);
    }

    private static async Task<AuditReport> AuditAsync(string storage, TimeProvider clock)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(LocalSettings.StorageName, storage)]).Build();
        await using var services = new ServiceCollection().AddAzureStorage(configuration).BuildServiceProvider();
        return await new Auditor(services.GetRequiredService<ITables>(), clock).RunAsync(CancellationToken.None);
    }

    private static int Tell(AuditReport report, Terminal terminal)
    {
        if (!report.IsSettled)
        {
            terminal.Fail("The books kept changing while they were read: try again when the system is less busy.");
            return 1;
        }

        var counts = report.Counts;
        terminal.Say($"Read {counts.Entries} journal entries of {counts.Areas} areas: {counts.Lines} lines, {counts.Parts} parts, {counts.Needs} needs; {counts.Pledges} pledges ({counts.Waiting} not wholly placed in the books yet), {counts.Commands} commands.");
        Say(report.Overfills, "need(s) above the requirement, as the journal explains:", terminal.Say);
        Say(report.Differences, "difference(s):", terminal.Fail);
        if (report.IsClean) terminal.Say("Every balance is what the journal gives, to the unit.");
        return report.IsClean ? 0 : 1;
    }

    private static void Say(IReadOnlyList<string> sentences, string title, Action<string> say)
    {
        if (sentences.Count == 0) return;
        say($"{sentences.Count} {title}");
        foreach (var sentence in sentences.Take(Shown)) say("  " + sentence);
        if (sentences.Count > Shown) say("  …");
    }
}
