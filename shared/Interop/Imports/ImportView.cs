namespace FundingFlow.Interop.Imports;

/// <summary>A row that was left out, as it is told: one entry for each thing that is wrong with it.</summary>
/// <param name="Line">The physical line of the file, from 1.</param>
/// <param name="Field">Ours; empty when it concerns the row as a whole.</param>
public sealed record LineError(int Line, string Field, string Error);

/// <summary>What <c>GET /api/imports/{id}</c> answers.</summary>
public sealed record ImportView(
    string Id, ImportKind Kind, bool DryRun, ImportStatus Status, int Rows, int Done, int Accepted, int Unchanged, int Refused, int Skipped,
    DateTimeOffset SubmittedAt, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt, string? Failure,
    IReadOnlyList<LineError> Errors, string ErrorsUrl)
{
    public const int MostErrors = 100;

    public static ImportView Of(ImportDocument import, IEnumerable<LineError> errors) => new(
        import.Id, import.Kind, import.DryRun, import.Status, import.Rows, import.Next, import.Accepted, import.Unchanged, import.Refused,
        import.Skipped, import.SubmittedAt, import.StartedAt, import.FinishedAt, import.Failure, [.. errors], $"/api/imports/{import.Id}/errors.csv");
}
