using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using FundingFlow.Storage;

namespace FundingFlow.Azure;

/// <summary>
/// What Azure Storage refuses, said before the request is sent and in words that name the row. All checks throw
/// <see cref="ArgumentException"/>: meeting one is a defect of the caller, not a state of the store.
/// </summary>
public static class StoreLimits
{
    public const int ChangesPerCommit = 100;
    public const int CommitBytes = 4 * 1024 * 1024;
    public const int RowBytes = 1024 * 1024;
    public const int KeyBytes = 1024;
    public const int MessageBytes = 48 * 1024;

    /// <summary>UTF-16 characters in one column: 60,000 of the 65,536 bytes that Azure allows.</summary>
    public const int ColumnCharacters = 30_000;

    /// <summary><c>Body</c>, <c>Body1</c> … <c>Body14</c>.</summary>
    public const int BodyColumns = 15;

    /// <summary>Full columns, each one short at worst so that no surrogate pair is cut: about 879 KiB of UTF-16.</summary>
    public const int BodyCharacters = BodyColumns * (ColumnCharacters - 1);

    // Headers, keys and punctuation of one change inside a transaction; measured at 600 to 700 bytes beside the keys.
    private const int BytesAroundAChange = 1024;

    private static readonly SearchValues<char> Forbidden = SearchValues.Create("/\\#?");

    public static void CheckCommit(IReadOnlyList<RowChange> changes)
    {
        if (changes.Count is 0 or > ChangesPerCommit)
            throw new ArgumentException($"A commit holds 1 to {ChangesPerCommit} changes, not {changes.Count}.", nameof(changes));
        var partition = changes[0].Row.Partition;
        var keys = new HashSet<string>(changes.Count, StringComparer.Ordinal);
        foreach (var change in changes)
        {
            CheckRow(change.Row);
            if (change.Row.Partition != partition)
                throw new ArgumentException($"A commit stays in one partition: '{partition}' and '{change.Row.Partition}' were given.", nameof(changes));
            if (!keys.Add(change.Row.Key))
                throw new ArgumentException($"Row '{partition}/{change.Row.Key}' is twice in one commit.", nameof(changes));
        }

        if (changes.Count > 1 && BytesOf(changes) is var bytes and > CommitBytes)
            throw new ArgumentException($"A commit holds at most {CommitBytes} bytes; these {changes.Count} changes have {bytes}.", nameof(changes));
    }

    public static void CheckKey(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.Length * sizeof(char) > KeyBytes)
            throw new ArgumentException($"A key has at most {KeyBytes / sizeof(char)} characters; '{key[..40]}…' has {key.Length}.", nameof(key));
        if (key.AsSpan().ContainsAny(Forbidden) || key.Any(char.IsControl))
            throw new ArgumentException($"The key '{key}' has one of / \\ # ? or a control character.", nameof(key));
        if (!IsWellFormed(key))
            throw new ArgumentException($"The key '{key}' has half of a surrogate pair.", nameof(key));
    }

    public static void CheckMessage(string queue, string body)
    {
        if (!IsWellFormed(body))
            throw new ArgumentException($"A message for {queue} has half of a surrogate pair.", nameof(body));
        if (Encoding.UTF8.GetByteCount(body) is var bytes and > MessageBytes)
            throw new ArgumentException($"A message for {queue} has at most {MessageBytes} bytes of UTF-8; this one has {bytes}.", nameof(body));
    }

    private static void CheckRow(Row row)
    {
        CheckKey(row.Partition);
        CheckKey(row.Key);
        if (row.Body.Length > BodyCharacters)
            throw new ArgumentException($"Row '{row.Partition}/{row.Key}' has a body of {row.Body.Length} characters; at most {BodyCharacters} fit.", nameof(row));
        if (!IsWellFormed(row.Body))
            throw new ArgumentException($"The body of row '{row.Partition}/{row.Key}' has half of a surrogate pair.", nameof(row));
    }

    /// <summary>As the SDK sends it: quotes and everything beyond ASCII become six bytes.</summary>
    private static long BytesOf(IReadOnlyList<RowChange> changes)
    {
        var atMost = changes.Sum(change => BytesAroundAChange + (6L * change.Row.Body.Length));
        return atMost <= CommitBytes ? atMost : changes.Sum(change => BytesAroundAChange + EncodedBytes(change.Row.Body));
    }

    private static long EncodedBytes(string body) => JavaScriptEncoder.Default.Encode(body).Length;

    private static bool IsWellFormed(string text)
    {
        for (var i = NextSurrogate(text, 0); i < text.Length; i = NextSurrogate(text, i + 2))
            if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1])) return false;
        return true;
    }

    private static int NextSurrogate(string text, int from)
        => text.AsSpan(from).IndexOfAnyInRange('\ud800', '\udfff') is >= 0 and var offset ? from + offset : text.Length;
}
