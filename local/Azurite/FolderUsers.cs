using System.Security.Cryptography;
using FundingFlow.Local.Hosting;

namespace FundingFlow.Local.Azurite;

/// <summary>
/// Who uses the Azurite of a data folder: a file for each, named after its process and held open. A file that nobody holds was
/// left by a process that was killed. Call under the folder's lock.
/// </summary>
internal sealed class FolderUsers : IDisposable
{
    private readonly string path;
    private readonly FileStream file;

    private FolderUsers(string path, FileStream file) => (this.path, this.file) = (path, file);

    public static FolderUsers Join(string dataFolder)
    {
        var path = Path.Combine(
            Directory.CreateDirectory(FolderOf(dataFolder)).FullName,
            string.Create(null, $"{Environment.ProcessId}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}"));
        return FolderLock.TryOpen(path, out var file)
            ? new FolderUsers(path, file!)
            : throw new IOException($"The file {path} cannot be held.");
    }

    public static bool Any(string dataFolder)
    {
        var used = false;
        foreach (var path in Directory.Exists(FolderOf(dataFolder)) ? Directory.GetFiles(FolderOf(dataFolder)) : [])
        {
            if (FolderLock.TryOpen(path, out var left))
            {
                left!.Dispose();
                File.Delete(path);
            }
            else
            {
                used = true;
            }
        }

        return used;
    }

    public void Dispose()
    {
        file.Dispose();
        File.Delete(path);
    }

    private static string FolderOf(string dataFolder) => Path.Combine(dataFolder, "azurite.users");
}
