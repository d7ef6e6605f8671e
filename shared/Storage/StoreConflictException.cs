namespace FundingFlow.Storage;

/// <summary>Why a commit was refused. <c>Changed</c>: the ETag no longer holds; <c>Missing</c>: no such row.</summary>
public enum ConflictKind { AlreadyExists, Changed, Missing }

/// <summary>
/// A commit met another's commit, or an own earlier one whose answer was lost: read again before acting. Nothing of
/// the refused commit was written.
/// </summary>
public sealed class StoreConflictException(ConflictKind kind, int index, Exception? inner = null)
    : Exception($"The store refused change {index}: {kind}. Read the row again, then decide.", inner)
{
    public ConflictKind Kind { get; } = kind;

    /// <summary>Which of the changes was refused, from 0; -1 where the store did not say.</summary>
    public int Index { get; } = index;
}
