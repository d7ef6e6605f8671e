using FundingFlow.Projects;

namespace FundingFlow.Ledger;

/// <summary>What the other rooms may read of the books. Always from the store, never from a cache.</summary>
public interface ILedgerReader
{
    /// <summary>All needs of one area.</summary>
    Task<IReadOnlyList<Position>> PositionsAsync(string area, CancellationToken stop);

    /// <summary>All needs of one project, over the areas in which it has some.</summary>
    Task<IReadOnlyList<Position>> PositionsOfAsync(Project project, CancellationToken stop);

    /// <summary>All parts that lie at one project, over the areas in which it has needs.</summary>
    Task<IReadOnlyList<Allocation>> AllocationsOfAsync(Project project, CancellationToken stop);

    Task<Allocation?> AllocationAsync(string area, string pledgeId, string projectId, string needId, CancellationToken stop);

    Task<Line?> LineAsync(string area, string pledgeId, CancellationToken stop);

    /// <summary>All lines of an area (or of <c>any</c>), in pledge order.</summary>
    IAsyncEnumerable<Line> LinesAsync(string area, CancellationToken stop);

    /// <summary>The lines of an area that have something unallocated.</summary>
    IAsyncEnumerable<Line> StandingAsync(string area, CancellationToken stop);

    /// <summary>A line's entries, oldest first.</summary>
    Task<IReadOnlyList<JournalEntry>> HistoryAsync(string area, string pledgeId, CancellationToken stop);
}

/// <summary>What a project states to the books: called by the Projects room after the project's row is written. Idempotent.</summary>
public interface INeedLedger
{
    /// <summary>
    /// Brings the positions in line with the project: new needs appear, changed ones grow or shrink (proposed allocations above
    /// a lowered need are released in the same transaction), gone ones drop to a requirement of 0. Then asks for standing lines to be reopened.
    /// </summary>
    Task StateNeedsAsync(Project project, string by, CancellationToken stop);

    /// <summary>
    /// Takes a need off an area's books before its project states it elsewhere, or in another unit; from then on nothing can be placed on it there.
    /// </summary>
    /// <returns>False: something lies on it, and nothing was changed.</returns>
    Task<bool> TryVacateAsync(string area, PartRef need, string by, CancellationToken stop);

    /// <summary>Sets the urgency (1, 2 or 4) on the project's needs where it differs.</summary>
    Task SetUrgencyAsync(Project project, int urgency, CancellationToken stop);
}
