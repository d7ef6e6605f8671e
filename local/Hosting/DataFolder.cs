using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FundingFlow.Local.Hosting;

/// <summary>What is kept from one start to the next, apart from the storage itself.</summary>
public sealed class DataFolder
{
    private const int KeyBytes = 32;
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public DataFolder(string path) => Path = Directory.CreateDirectory(path).FullName;

    public string Path { get; }

    public string Mailbox => System.IO.Path.Combine(Path, "mailbox");

    /// <summary>Held while keys and ports are read and made, so that two first starts agree on them.</summary>
    public async Task<IDisposable> LockAsync(CancellationToken stop)
        => await FolderLock.AcquireAsync(System.IO.Path.Combine(Path, "start.lock"), stop);

    /// <summary>The staff key in keys.json: made at the first start, from 256 random bits.</summary>
    public string StaffKey()
    {
        if (Read("keys.json")["staff"]?.GetValue<string>() is { } kept)
            return kept;
        var key = "ff_staff_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(KeyBytes));
        Write("keys.json", "staff", key, onlyForUs: true);
        return key;
    }

    public int? MailPort => Read("ports.json")["mail"]?.GetValue<int>();

    public void KeepMailPort(int port) => Write("ports.json", "mail", port, onlyForUs: false);

    private JsonObject Read(string name)
    {
        var file = System.IO.Path.Combine(Path, name);
        return File.Exists(file) ? JsonNode.Parse(File.ReadAllText(file))!.AsObject() : [];
    }

    private void Write(string name, string member, JsonNode value, bool onlyForUs)
    {
        var content = Read(name);
        content[member] = value;
        var file = System.IO.Path.Combine(Path, name);
        var written = file + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (onlyForUs && !OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(written, options))
            writer.Write(content.ToJsonString(Indented));
        File.Move(written, file, overwrite: true);
    }
}
