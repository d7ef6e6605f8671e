using FundingFlow.Access;
using FundingFlow.Interop.Imports.Mapping;
using FundingFlow.Validation;

namespace FundingFlow.Interop.Imports;

/// <summary>What a row did; in a dry run, what it would do.</summary>
public enum RowEffect { Created, Changed, Unchanged }

/// <summary>What the rows of one import have in common.</summary>
public sealed record RowContext(Caller Caller, bool DryRun, ImportMapping Mapping);

/// <summary>
/// Takes in rows of one kind, by the same rules as the HTTP call for one of them. Idempotent by the row's key; called for several
/// rows at once.
/// </summary>
public interface IImportTarget
{
    ImportKind Kind { get; }

    Task<Outcome<RowEffect>> ApplyAsync(MappedRow row, RowContext context, CancellationToken stop);
}
