using System.Buffers.Text;
using System.Text;
using FundingFlow.Storage;

namespace FundingFlow.Tests.Simulation;

internal static class InMemoryContinuation
{
    public static string After(Row row) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{row.Partition}\n{row.Key}"));

    /// <exception cref="ArgumentException">The token was not given out here.</exception>
    public static (string Partition, string? Key) Read(string continuation)
    {
        var parts = Base64Url.IsValid(continuation) ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(continuation)).Split('\n') : [];
        return parts.Length == 2
            ? (parts[0], parts[1])
            : throw new ArgumentException("This continuation token was not given out here.", nameof(continuation));
    }
}
