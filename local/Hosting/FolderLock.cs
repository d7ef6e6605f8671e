namespace FundingFlow.Local.Hosting;

/// <summary>One process at a time: a file held open, which the system lets go of when its process dies, however it dies.</summary>
internal sealed class FolderLock : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly FileStream file;

    private FolderLock(FileStream file) => this.file = file;

    public static async Task<FolderLock> AcquireAsync(string path, CancellationToken stop)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        FileStream? file;
        while (!TryOpen(path, out file))
            await Task.Delay(Pause, stop);
        return new FolderLock(file!);
    }

    public void Dispose() => file.Dispose();

    internal static bool TryOpen(string path, out FileStream? file, FileOptions options = FileOptions.None)
    {
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, options);
            return true;
        }
        catch (IOException) when (Directory.Exists(Path.GetDirectoryName(path)))
        {
            file = null;
            return false;
        }
    }
}
