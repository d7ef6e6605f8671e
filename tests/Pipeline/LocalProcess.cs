using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using FundingFlow.Local.Azurite;
using FundingFlow.Local.Hosting;

namespace FundingFlow.Tests.Pipeline;

/// <summary>The local host as a process of its own, which can be killed as a power cut would.</summary>
internal sealed class LocalProcess : IAsyncDisposable
{
    private static readonly TimeSpan TimeToStop = TimeSpan.FromMinutes(1);
    private readonly Process process;
    private readonly ConcurrentQueue<string> said = new();

    private LocalProcess(Process process, string url) => (this.process, Url) = (process, url);

    public string Url { get; }

    /// <summary>What it has said so far, line by line.</summary>
    public IReadOnlyCollection<string> Said => said;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Once it answers. It brings its own Azurite in the folder, or finds the one that is running there.</summary>
    /// <param name="storage">A connection string to use instead.</param>
    public static async Task<LocalProcess> StartAsync(string dataFolder, string? storage = null)
    {
        var port = FreePort();
        var program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "FundingFlow.Local.exe" : "FundingFlow.Local");
        var start = new ProcessStartInfo(program, ["--port", port.ToString(CultureInfo.InvariantCulture), "--data", dataFolder, "--no-samples", .. storage is null ? Array.Empty<string>() : ["--storage", storage]])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment.Remove("AzureWebJobsStorage");
        var started = new LocalProcess(new Process { StartInfo = start }, string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        try
        {
            started.Begin();
            await started.AnswersAsync();
            return started;
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    /// <summary>The staff key that the process has put into its folder.</summary>
    public static string StaffKey(string dataFolder) => new DataFolder(dataFolder).StaffKey();

    /// <summary>SIGKILL, for this process alone: its Azurite lives on.</summary>
    public async Task KillAsync()
    {
        process.Kill(entireProcessTree: false);
        await process.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>As Ctrl-C does.</summary>
    public async ValueTask DisposeAsync()
    {
        using (process)
        {
            if (process.HasExited)
                return;
            using var patience = new CancellationTokenSource(TimeToStop);
            await OtherProcess.StopAsync(new AzuriteProcessId(process.Id, process.StartTime.ToUniversalTime()), patience.Token);
            await process.WaitForExitAsync(patience.Token);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Begin()
    {
        process.OutputDataReceived += (_, line) => said.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => said.Enqueue(line.Data ?? "");
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    private async Task AnswersAsync()
    {
        using var http = new HttpClient();
        await Eventually.TrueAsync(async () =>
        {
            if (process.HasExited)
                Assert.Fail("The local host ended: " + string.Join('\n', said));
            try
            {
                return (await http.GetAsync(new Uri(Url + "/api/health"), Stop)).StatusCode == HttpStatusCode.OK;
            }
            catch (HttpRequestException)
            {
                return false; // It does not listen yet.
            }
        }, "the local host to answer");
    }
}
