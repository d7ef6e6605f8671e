using System.Text;

namespace FundingFlow.Tests.Pipeline.BadInput;

/// <summary>A request that is refused, and how.</summary>
/// <param name="Call">Method and path; <c>{pledge}</c> and <c>{part}</c> stand for the ids of the one pledge there is, and of its allocation.</param>
/// <param name="Status">What it answers.</param>
/// <param name="Pointer">The place that a 400 names: a JSON pointer into the body, or <c>/name</c> of a header, path or query parameter.</param>
internal sealed record BadRequest(string Name, string Call, string? Body, int Status, string? Pointer = null)
{
    /// <summary>staff, fundraiser, city, reader, or the key itself; null sends none.</summary>
    public string? Key { get; init; } = "staff";

    public string? ContentType { get; init; } = "application/json";
    public string? IdempotencyKey { get; init; } = "bad-input";

    /// <summary>One more header.</summary>
    public (string Name, string Value)? Header { get; init; }

    /// <summary>Sent in chunks, so that its length is not told beforehand.</summary>
    public bool IsChunked { get; init; }

    /// <summary>The body's characters are its bytes, also where that is no UTF-8.</summary>
    public bool IsRaw { get; init; }

    public byte[] Bytes(Func<string, string> fill) => (IsRaw ? Encoding.Latin1 : Encoding.UTF8).GetBytes(fill(Body!));
}

/// <summary>All of them, by name.</summary>
internal static class BadRequests
{
    public static readonly IReadOnlyDictionary<string, BadRequest> All = new[]
    {
        BadShapes.Rows, BadPledges.Rows, BadCommands.Rows, BadPartners.Rows, BadPlaces.Rows, BadStaffCalls.Rows, BadSimulations.Rows, BadCallers.Rows, BadQueries.Rows,
    }.SelectMany(rows => rows).ToDictionary(row => row.Name, StringComparer.Ordinal);
}
