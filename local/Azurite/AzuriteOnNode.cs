using System.Globalization;
using System.Security.Cryptography;
using FundingFlow.Local.Hosting;

namespace FundingFlow.Local.Azurite;

/// <summary>Azurite from npm, pinned, installed once for each user, run as a process that outlives ours.</summary>
internal sealed class AzuriteOnNode(string toolsFolder)
{
    public const string Version = "3.35.0";

    // The launcher ends at once. What it started has a session of its own: Ctrl-C on our terminal does not reach it, and
    // it lives on when we are killed, so that nothing it has acknowledged and not yet written is lost.
    private const string Launcher = """
        const [log, ...args] = process.argv.slice(1);
        const out = require('fs').openSync(log, 'w');
        const child = require('child_process').spawn(process.execPath, args,
          { detached: true, windowsHide: true, stdio: ['ignore', out, out] });
        child.unref();
        console.log(child.pid);
        """;

    private string Home => Path.Combine(toolsFolder, "azurite-" + Version);

    private string Entry => Path.Combine(Home, "node_modules", "azurite", "dist", "src", "azurite.js");

    public bool IsInstalled => File.Exists(Entry);

    public static string DefaultToolsFolder
    {
        get
        {
            var local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
            return Path.Combine(local.Length > 0 ? local : Path.GetTempPath(), "fundingflow");
        }
    }

    public static async Task<int?> NodeMajorAsync(CancellationToken stop)
    {
        var answer = await Commands.RunAsync("node", ["--version"], null, stop);
        return answer is { ExitCode: 0 } ? ParseMajor(answer.Output) : null;
    }

    public static async Task<bool> NpmAnswersAsync(CancellationToken stop)
        => await NpmAsync(["--version"], null, stop) is { ExitCode: 0 };

    /// <summary>The 20 of "v20.20.2".</summary>
    internal static int? ParseMajor(string version)
        => int.TryParse(version.Trim().TrimStart('v').Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major)
            ? major
            : null;

    /// <summary>Installs into a folder that then takes its name, so that half an installation is never met.</summary>
    public async Task InstallAsync(CancellationToken stop)
    {
        using var alone = await FolderLock.AcquireAsync(Home + ".lock", stop);
        if (IsInstalled)
            return;
        var folder = Directory.CreateDirectory(Home + "." + RandomNumberGenerator.GetHexString(8, lowercase: true)).FullName;
        try
        {
            var outcome = await NpmAsync(
                ["install", "--prefix", folder, "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel", "error", "azurite@" + Version], folder, stop);
            if (outcome is not { ExitCode: 0 })
                throw new AzuriteUnavailableException($"npm could not install azurite@{Version}: {FirstLine(outcome?.Error)}");
            if (Directory.Exists(Home))
                Directory.Delete(Home, recursive: true);
            Directory.Move(folder, Home);
        }
        finally
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
    }

    public async Task<AzuriteProcessId> LaunchAsync(string dataFolder, AzuritePorts ports, CancellationToken stop)
    {
        var location = Directory.CreateDirectory(Path.Combine(dataFolder, "azurite")).FullName;
        string[] arguments =
        [
            "-e", Launcher, "--", Path.Combine(dataFolder, "azurite.log"), Entry,
            "--silent", "--disableTelemetry", "--skipApiVersionCheck", "--location", location,
            "--blobHost", "127.0.0.1", "--queueHost", "127.0.0.1", "--tableHost", "127.0.0.1",
            "--blobPort", Text(ports.Blob), "--queuePort", Text(ports.Queue), "--tablePort", Text(ports.Table),
        ];
        var outcome = await Commands.RunAsync("node", arguments, dataFolder, stop);
        if (outcome is { ExitCode: 0 } && int.TryParse(outcome.Output, NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var pid)
            && OtherProcess.StartedAt(pid) is { } startedAt)
        {
            return new AzuriteProcessId(pid, startedAt);
        }

        throw new AzuriteUnavailableException($"Azurite did not start: {FirstLine(outcome?.Error)}");
    }

    private static Task<Commands.Outcome?> NpmAsync(string[] arguments, string? folder, CancellationToken stop)
        => OperatingSystem.IsWindows()
            ? Commands.RunAsync("cmd.exe", ["/c", "npm", .. arguments], folder, stop)
            : Commands.RunAsync("npm", arguments, folder, stop);

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);

    private static string FirstLine(string? text)
        => text?.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault() ?? "it gave no reason";
}
