using System.Security.Cryptography;
using System.Text;
using FundingFlow.Interop.Imports.Mapping;
using FundingFlow.Validation;

namespace FundingFlow.Interop.Imports;

/// <summary>
/// Gives each row of a file its key, in order, from the first: the same file gives the same keys. Not thread-safe; one per
/// reading of the file.
/// </summary>
public sealed class RowKeys(ImportKind kind)
{
    private readonly Dictionary<UInt128, int> occurrences = [];
    private readonly Dictionary<UInt128, int> lineOfKey = [];

    /// <param name="id">The mapped id; empty when the row has none.</param>
    /// <param name="label">Begins a made-up key; may be empty.</param>
    /// <returns>The key, or what is wrong with the id.</returns>
    public (string Key, RowError? Error) KeyOf(int line, string id, string label, IReadOnlyDictionary<string, IReadOnlyList<string>> fields)
    {
        if (id.Length == 0) return (MadeFrom(label, fields), null);
        if (kind != ImportKind.Pledges && !Slug.IsValid(id)) return (id, new RowError(Mapping.Fields.Id, Slug.Rule + $"; it is '{Shorten(id)}'"));
        // A pledge's partner is part of its key, however the row names it: two partners may have a reference 1 each.
        var scope = kind != ImportKind.Pledges ? ""
            : (Items(fields, "partner") is [var partner, ..] ? partner : Items(fields, "partnerName") is [var name, ..] ? PartnerId.From(name) : "") + "\n\n";
        return lineOfKey.TryAdd(Hash(scope + id), line)
            ? (id, null)
            : (id, new RowError(Mapping.Fields.Id, $"'{Shorten(id)}' stands in line {lineOfKey[Hash(scope + id)]} already; each row needs an id of its own"));
    }

    private string MadeFrom(string label, IReadOnlyDictionary<string, IReadOnlyList<string>> fields)
    {
        var content = new StringBuilder(label);
        foreach (var (name, items) in fields.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            content.Append('\u001e').Append(name).Append('\u001f').AppendJoin('\u001f', items);
        var seen = content.ToString();
        var hash = Hash(seen);
        var occurrence = occurrences[hash] = occurrences.GetValueOrDefault(hash) + 1;
        var suffix = $"{(ulong)(Hash($"{seen}\u001e{occurrence}") >> 64):x16}";
        var slug = Slug.From(label);
        return slug.Length == 0 ? suffix : $"{(slug.Length > 47 ? slug[..47].TrimEnd('-') : slug)}-{suffix}";
    }

    private static IReadOnlyList<string> Items(IReadOnlyDictionary<string, IReadOnlyList<string>> fields, string name)
        => fields.TryGetValue(name, out var items) ? items : [];

    private static UInt128 Hash(string text)
        => System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Shorten(string id) => id.Length <= 80 ? id : id[..80] + "…";
}
