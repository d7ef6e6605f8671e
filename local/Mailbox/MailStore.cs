using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using MimeKit;

namespace FundingFlow.Local.Mailbox;

/// <summary>The mails of a folder, a file each, named by the moment of arrival; what has been taken in survives a restart.</summary>
public sealed partial class MailStore(string folder, TimeProvider clock)
{
    private readonly string folder = Directory.CreateDirectory(folder).FullName;

    public async Task<string> AddAsync(ReadOnlySequence<byte> message, CancellationToken stop)
    {
        var id = clock.GetUtcNow().ToString("yyyyMMdd'T'HHmmssfffffff", CultureInfo.InvariantCulture)
            + "-" + RandomNumberGenerator.GetHexString(8, lowercase: true);
        var written = Path.Combine(folder, id + ".new");
        await using (var file = new FileStream(written, FileMode.CreateNew, FileAccess.Write, FileShare.None, 4096, useAsync: true))
        {
            foreach (var part in message)
                await file.WriteAsync(part, stop);
            await file.FlushAsync(stop);
        }

        File.Move(written, PathOf(id));
        return id;
    }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<string> Ids()
        => [.. Directory.EnumerateFiles(folder, "*.eml").Select(path => Path.GetFileNameWithoutExtension(path)).OrderDescending(StringComparer.Ordinal)];

    /// <summary>Null where there is no such mail, whatever the id looks like.</summary>
    public async Task<MimeMessage?> FindAsync(string id, CancellationToken stop)
    {
        if (Find(id) is not { } path)
            return null;
        try
        {
            return await MimeMessage.LoadAsync(path, stop);
        }
        catch (FormatException)
        {
            // SMTP takes anything. What is no mail is shown as what it is, so that it can be looked into.
            return new MimeMessage { Subject = "(not a mail: no headers)", Body = new TextPart("plain") { Text = await File.ReadAllTextAsync(path, stop) } };
        }
    }

    public string? Find(string id) => Id().IsMatch(id) && File.Exists(PathOf(id)) ? PathOf(id) : null;

    private string PathOf(string id) => Path.Combine(folder, id + ".eml");

    [GeneratedRegex(@"\A[0-9]{8}T[0-9]{13}-[0-9a-f]{8}\z")]
    private static partial Regex Id();
}
