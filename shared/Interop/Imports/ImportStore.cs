using System.Globalization;
using FundingFlow.Storage;

namespace FundingFlow.Interop.Imports;

/// <summary>An import and the ETag of its row.</summary>
public sealed record StoredImport(ImportDocument Document, string ETag);

/// <summary>
/// Imports as they are stored: a partition per import with its row and one for each row of the file that was left out, a
/// partition that lists the unfinished ones, and two blobs.
/// </summary>
public sealed class ImportStore(ITables tables, IBlobs blobs)
{
    public const string Container = "imports";
    private const string DocumentKey = "import";
    private const string Unfinished = "unfinished";

    /// <summary>Rows in a transaction beside the import's own.</summary>
    private const int MostLeftOut = 99;
    private const int MostCharacters = 500_000;

    public async Task<StoredImport?> FindAsync(string id, CancellationToken stop)
        => IsId(id) && await tables.FindAsync(TableNames.Imports, id, DocumentKey, stop) is { } row
            ? new StoredImport(Wire.Read<ImportDocument>(row), row.ETag!)
            : null;

    /// <exception cref="StoreConflictException">It exists already.</exception>
    public async Task<StoredImport> AddAsync(ImportDocument import, CancellationToken stop)
    {
        // Listed first: an import is never forgotten, and one that is listed in vain is struck off by the sweep.
        await ListAsUnfinishedAsync(import.Id, stop);
        return new StoredImport(import, await tables.PutAsync(TableNames.Imports, RowChange.Add(RowOf(import, null)), stop));
    }

    public Task ListAsUnfinishedAsync(string id, CancellationToken stop)
        => tables.PutAsync(TableNames.Imports, RowChange.Upsert(new Row(Unfinished, id, "{}")), stop);

    /// <summary>
    /// Progress and the rows that were left out since, in one transaction; where those are more than it holds, the first of them
    /// before it. A run that dies in between leaves them out again, under the same keys.
    /// </summary>
    /// <exception cref="StoreConflictException">Another run wrote its progress first; nothing was written.</exception>
    public async Task<StoredImport> SaveAsync(ImportDocument next, string etag, IReadOnlyList<LeftOutRow> leftOut, CancellationToken stop)
    {
        var chunks = Chunks.Of(leftOut.Select(row => RowChange.Upsert(new Row(next.Id, LeftOutKey(next.Run, row.Number), Wire.Write(row)))),
            MostLeftOut, change => change.Row.Body.Length, MostCharacters).DefaultIfEmpty([]).ToList();
        foreach (var chunk in chunks[..^1]) await tables.CommitAsync(TableNames.Imports, chunk, stop);
        List<RowChange> changes = [RowChange.Replace(RowOf(next, etag)), .. chunks[^1]];
        var etags = await tables.CommitAsync(TableNames.Imports, changes, stop);
        return new StoredImport(next, etags[0]!);
    }

    /// <summary>It is finished; striking it off twice is fine.</summary>
    public async Task StrikeOffAsync(string id, CancellationToken stop)
    {
        try
        {
            await tables.PutAsync(TableNames.Imports, RowChange.Delete(new Row(Unfinished, id, "")), stop);
        }
        catch (StoreConflictException conflict) when (conflict.Kind == ConflictKind.Missing)
        {
            // Another run or the sweep was first.
        }
    }

    public async IAsyncEnumerable<string> UnfinishedAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var row in tables.PrefixAsync(TableNames.Imports, Unfinished, "", stop)) yield return row.Key;
    }

    /// <summary>Rows that the import's present run left out, by their order in the file.</summary>
    public async IAsyncEnumerable<LeftOutRow> LeftOutAsync(
        ImportDocument import, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var row in tables.PrefixAsync(TableNames.Imports, import.Id, LeftOutPrefix(import.Run), stop))
            yield return Wire.Read<LeftOutRow>(row);
    }

    public async Task WriteFilesAsync(string contentHash, ReadOnlyMemory<byte> file, byte[]? mapping, CancellationToken stop)
    {
        if (mapping is { } map) await WriteAsync(MappingBlob(contentHash), map, stop);
        await WriteAsync(FileBlob(contentHash), file, stop);
    }

    public Task<byte[]> ReadFileAsync(ImportDocument import, CancellationToken stop) => ReadAsync(FileBlob(import.ContentHash), stop);

    public async Task<byte[]?> ReadMappingAsync(ImportDocument import, CancellationToken stop)
        => import.HasMapping ? await ReadAsync(MappingBlob(import.ContentHash), stop) : null;

    private static bool IsId(string id) => id.Length == 26 && id.All(char.IsAsciiHexDigitLower);

    private async Task WriteAsync(string name, ReadOnlyMemory<byte> content, CancellationToken stop)
    {
        using var stream = new MemoryStream(content.ToArray(), writable: false);
        await blobs.WriteAsync(Container, name, stream, stop);
    }

    private async Task<byte[]> ReadAsync(string name, CancellationToken stop)
    {
        await using var stream = await blobs.ReadAsync(Container, name, stop)
            ?? throw new InvalidOperationException($"The blob {Container}/{name} of an import is gone.");
        using var content = new MemoryStream();
        await stream.CopyToAsync(content, stop);
        return content.ToArray();
    }

    private static Row RowOf(ImportDocument import, string? etag) => new(import.Id, DocumentKey, Wire.Write(import), etag);
    private static string FileBlob(string contentHash) => contentHash + "/file.csv";
    private static string MappingBlob(string contentHash) => contentHash + "/mapping.json";
    private static string LeftOutPrefix(int run) => string.Create(CultureInfo.InvariantCulture, $"left-out|{run:D4}|");
    private static string LeftOutKey(int run, int number) => LeftOutPrefix(run) + number.ToString("D8", CultureInfo.InvariantCulture);
}
