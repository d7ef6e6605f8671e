using FundingFlow.Interop.Imports.Mapping;
using FundingFlow.Validation;

namespace FundingFlow.Interop.Imports;

/// <param name="Accepted">Good rows, the unchanged ones included.</param>
public sealed record BatchResult(int Accepted, int Unchanged, IReadOnlyList<LeftOutRow> LeftOut);

/// <summary>Applies a few rows at once. Their keys differ (the mapper saw to that), so their order does not matter.</summary>
internal sealed class ImportBatch(IImportTarget target, RowContext context)
{
    private const int LongestError = 500;
    private const int MostErrors = 20;

    public async Task<BatchResult> ApplyAsync(IReadOnlyList<RowResult> rows, CancellationToken stop)
    {
        var leftOut = new LeftOutRow?[rows.Count];
        var good = new List<(int Index, MappedRow Row)>(rows.Count);
        for (var i = 0; i < rows.Count; i++)
            if (rows[i].Row is { } row) good.Add((i, row));
            else leftOut[i] = LeftOut(rows[i]);
        var outcomes = await OutcomesAsync([.. good.Select(one => one.Row)], stop);
        foreach (var (one, outcome) in good.Zip(outcomes))
            if (outcome.Refusal is { } no) leftOut[one.Index] = Refused(rows[one.Index].Source, ErrorsOf(no));
        return new BatchResult(outcomes.Count(outcome => outcome.Refusal is null),
            outcomes.Count(outcome => outcome.Refusal is null && outcome.Value == RowEffect.Unchanged), [.. leftOut.OfType<LeftOutRow>()]);
    }

    private async Task<IReadOnlyList<Outcome<RowEffect>>> OutcomesAsync(IReadOnlyList<MappedRow> rows, CancellationToken stop)
    {
        if (target is IBulkImportTarget bulk) return await bulk.ApplyAsync(rows, context, stop);
        var outcomes = new Outcome<RowEffect>[rows.Count];
        await Parallel.ForEachAsync(Enumerable.Range(0, rows.Count), new ParallelOptions { MaxDegreeOfParallelism = context.Parallelism, CancellationToken = stop },
            async (i, cancelled) => outcomes[i] = await target.ApplyAsync(rows[i], context, cancelled));
        return outcomes;
    }

    private static LeftOutRow LeftOut(RowResult row) => row.Skipped is { } reason
        ? new LeftOutRow(row.Source.Number, row.Source.Line, true, [new RowError("", reason)])
        : Refused(row.Source, row.Errors);

    private static LeftOutRow Refused(SourceRow source, IReadOnlyList<RowError> errors)
        => new(source.Number, source.Line, false, [.. errors.Take(MostErrors).Select(error => error with { Error = Shorten(error.Error) })]);

    private List<RowError> ErrorsOf(Refusal refusal)
    {
        if (refusal.Errors is not { Count: > 0 } byPointer) return [new RowError("", refusal.Detail)];
        return [.. byPointer.SelectMany(pair => pair.Value.Select(error => ErrorAt(pair.Key, error)))];
    }

    /// <summary>Names our field, and the columns that it was made from, instead of a place in a document that the user never saw.</summary>
    private RowError ErrorAt(string pointer, string error)
    {
        var field = pointer.EndsWith("/estimatedValue/currency", StringComparison.Ordinal) ? "estimatedCurrency" : pointer.Split('/').Select(FieldOf).FirstOrDefault(name => name is not null) ?? pointer.TrimStart('/');
        var columns = context.Mapping.Fields.TryGetValue(field, out var value) ? value.Columns.Distinct().Take(5).ToList() : [];
        return new RowError(field, columns.Count == 0 ? error : $"{error} (column {string.Join(", ", columns)})");
    }

    private string? FieldOf(string member) => member switch
    {
        "partnerId" => context.Mapping.Fields.ContainsKey("partner") ? "partner" : "partnerName",
        _ => Fields.Find(context.Mapping.Kind, member)?.Name,
    };

    private static string Shorten(string text) => text.Length <= LongestError ? text : text[..LongestError] + "…";
}
