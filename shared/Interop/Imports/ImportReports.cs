using System.Globalization;
using FundingFlow.Access;
using FundingFlow.Validation;

namespace FundingFlow.Interop.Imports;

/// <summary>How an import went, for whoever may see it.</summary>
public sealed class ImportReports(ImportStore store)
{
    public async Task<Outcome<ImportView>> ViewAsync(string id, Caller caller, CancellationToken stop)
    {
        var found = await FindAsync(id, caller, stop);
        if (found.Refusal is { } no) return no;
        var errors = new List<LineError>();
        await foreach (var row in store.LeftOutAsync(found.Value, stop))
        {
            errors.AddRange(row.Errors.Select(error => new LineError(row.Line, error.Field, TextOf(row, error))));
            if (errors.Count >= ImportView.MostErrors) break;
        }

        return ImportView.Of(found.Value, errors.Take(ImportView.MostErrors));
    }

    /// <summary>Every row that was left out: its line, why, and its cells as they stood, made safe for spreadsheets.</summary>
    public async Task<Outcome<byte[]>> ErrorsFileAsync(string id, Caller caller, CancellationToken stop)
    {
        var found = await FindAsync(id, caller, stop);
        if (found.Refusal is { } no) return no;
        var byNumber = new Dictionary<int, LeftOutRow>();
        await foreach (var row in store.LeftOutAsync(found.Value, stop)) byNumber[row.Number] = row;
        var plan = ImportPlan.Make(found.Value.Kind, await store.ReadFileAsync(found.Value, stop), await store.ReadMappingAsync(found.Value, stop));
        if (plan.Refusal is { } unreadable) return unreadable;
        var lines = plan.Value.File.Rows().Where(row => byNumber.ContainsKey(row.Number)).Select(row => LineOf(row, byNumber[row.Number]));
        using var file = new MemoryStream();
        SafeCsv.Write(file, lines.Prepend(["line", "reason", .. plan.Value.File.Columns.All]));
        return file.ToArray();
    }

    private static IEnumerable<string> LineOf(SourceRow source, LeftOutRow row) =>
    [
        row.Line.ToString(CultureInfo.InvariantCulture),
        string.Join("; ", row.Errors.Select(error => (error.Field.Length == 0 ? "" : error.Field + ": ") + TextOf(row, error))),
        .. source.Cells.Select(cell => cell.Length <= CsvFile.LargestRow ? cell : cell[..CsvFile.LargestRow]),
    ];

    private static string TextOf(LeftOutRow row, RowError error) => row.IsSkipped ? "skipped: " + error.Error : error.Error;

    private async Task<Outcome<ImportDocument>> FindAsync(string id, Caller caller, CancellationToken stop)
        => await store.FindAsync(id, stop) is { } stored && stored.Document.MayBeSeenBy(caller)
            ? stored.Document
            : Refusal.NotFound($"There is no import {id} that this key may see.");
}
