using FundingFlow.Access;
using FundingFlow.Interop.Imports.Mapping;
using FundingFlow.Validation;

namespace FundingFlow.Interop.Imports;

/// <summary>What a row did; in a dry run, what it would do.</summary>
public enum RowEffect { Created, Changed, Unchanged }

/// <summary>What the rows of one import have in common.</summary>
public sealed record RowContext(Caller Caller, bool DryRun, ImportMapping Mapping)
{
    /// <summary>How many rows may be worked on at the same time.</summary>
    public int Parallelism { get; init; } = 1;
}

/// <summary>
/// Takes in rows of one kind, by the same rules as the HTTP call for one of them. Idempotent by the row's key; called for several
/// rows at once.
/// </summary>
public interface IImportTarget
{
    ImportKind Kind { get; }

    Task<Outcome<RowEffect>> ApplyAsync(MappedRow row, RowContext context, CancellationToken stop);
}

/// <summary>A target that takes rows in faster together than one by one.</summary>
public interface IBulkImportTarget : IImportTarget
{
    /// <summary>As <see cref="IImportTarget.ApplyAsync"/> for each; one answer per row, in order.</summary>
    Task<IReadOnlyList<Outcome<RowEffect>>> ApplyAsync(IReadOnlyList<MappedRow> rows, RowContext context, CancellationToken stop);
}
