using System.Diagnostics;
using System.Runtime.InteropServices;

namespace FundingFlow.Local.Azurite;

/// <summary>A process that is not our child: is it the one we noted, and would it please stop.</summary>
internal static class OtherProcess
{
    private const int SigTerm = 15;

    // The start is computed from the boot time, which the system itself corrects a little.
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(5);

    // Azurite writes every five seconds; where it cannot be asked to stop, it is given the time to have written.
    private static readonly TimeSpan WriteInterval = TimeSpan.FromSeconds(8);

    public static DateTimeOffset? StartedAt(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return IsZombie(pid) ? null : new DateTimeOffset(process.StartTime.ToUniversalTime());
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    public static bool IsAlive(AzuriteProcessId id)
        => StartedAt(id.Pid) is { } startedAt && (startedAt - id.StartedAt).Duration() < Tolerance;

    /// <summary>Asks the process to stop, once (a second request would cut Azurite short), and waits until it has.</summary>
    public static async Task StopAsync(AzuriteProcessId id, CancellationToken stop)
    {
        if (!IsAlive(id))
            return;
        if (OperatingSystem.IsWindows())
        {
            await Task.Delay(WriteInterval, stop);
            using var process = Process.GetProcessById(id.Pid);
            process.Kill();
        }
        else if (Kill(id.Pid, SigTerm) != 0)
        {
            return; // It has gone meanwhile.
        }

        while (IsAlive(id))
            await Task.Delay(TimeSpan.FromMilliseconds(50), stop);
    }

    /// <summary>Ended, but nobody has asked how: in a container whose first process does not, that stays so.</summary>
    private static bool IsZombie(int pid)
    {
        if (!OperatingSystem.IsLinux())
            return false;
        try
        {
            var stat = File.ReadAllText(string.Create(null, $"/proc/{pid}/stat"));
            return stat.AsSpan(stat.LastIndexOf(')') + 1).TrimStart().StartsWith("Z");
        }
        catch (IOException)
        {
            return true;
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int pid, int signal);
}
