using FundingFlow.Access;

namespace FundingFlow.Interop.Imports;

public enum ImportStatus { Queued, Running, Done, Failed }

/// <summary>
/// One import and how far it is: a row in Imports (partition = its id). Every row of the file below <paramref name="Next"/> is
/// dealt with; Next = Accepted + Refused + Skipped.
/// </summary>
/// <param name="ContentHash">Of kind, dry run, file and mapping; the blobs are kept under it.</param>
/// <param name="Caller">On whose behalf it runs, as its key was when it was asked for.</param>
/// <param name="Run">Counts from 1; raised when it is run again.</param>
/// <param name="Rows">Rows in the file below the header.</param>
/// <param name="Accepted">Good rows, the unchanged ones included.</param>
/// <param name="Unchanged">Good rows that changed nothing. After a crash this counts the repeated rows of one batch too.</param>
/// <param name="TouchedAt">When its row was last written.</param>
/// <param name="Faults">Runs in a row that ended in a fault before they came any further.</param>
/// <param name="Failure">Why it failed; null while it has not.</param>
public sealed record ImportDocument(
    string Id, string ContentHash, ImportKind Kind, bool DryRun, bool HasMapping, Caller Caller, ImportStatus Status, int Run,
    int Rows, int Next, int Accepted, int Unchanged, int Refused, int Skipped,
    DateTimeOffset SubmittedAt, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt, DateTimeOffset TouchedAt,
    int Faults = 0, string? Failure = null)
{
    public int V { get; init; } = 1;

    public bool IsFinished => Status is ImportStatus.Done or ImportStatus.Failed;

    /// <summary>Staff see all imports; others those that their key asked for: a file may hold persons' addresses.</summary>
    public bool MayBeSeenBy(Caller caller) => caller.IsStaff || caller.KeyId == Caller.KeyId;
}

/// <summary>A row that did not go in: refused, or skipped as the mapping says.</summary>
public sealed record LeftOutRow(int Number, int Line, bool IsSkipped, IReadOnlyList<RowError> Errors)
{
    public int V { get; init; } = 1;
}

/// <summary>Message in <c>imports-to-run</c>.</summary>
public sealed record RunImport(int V, string Id, int Run);
