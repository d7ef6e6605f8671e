using System.Buffers.Text;
using System.Text;

namespace FundingFlow.Azure;

/// <summary>
/// The SDK's continuation token in characters that are safe in a URL. It is two words, the next partition and the next
/// row, encoded by the service; the row may be missing.
/// </summary>
internal static class TableContinuation
{
    public static string? Write(string? token) => string.IsNullOrEmpty(token) ? null : Base64Url.EncodeToString(Encoding.UTF8.GetBytes(token));

    /// <exception cref="ArgumentException">The token was not given out here.</exception>
    public static string? Read(string? continuation)
    {
        if (continuation is null) return null;
        var token = Base64Url.IsValid(continuation) ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(continuation)) : "";
        var isToken = token.All(c => c is >= ' ' and <= '~') && token.Split(' ') is [{ Length: > 0 }, _];
        return isToken ? token : throw Refused(continuation, null);
    }

    public static ArgumentException Refused(string continuation, Exception? inner)
        => new($"'{(continuation.Length > 40 ? continuation[..40] : continuation)}' is no continuation token that was given out here.", nameof(continuation), inner);
}
