using FundingFlow.Matching.Optimum;
using FundingFlow.Money;

namespace FundingFlow.Ledger.Rebalancing;

public enum RebalanceStatus { Planning, Moving, Done, Failed }

/// <summary>The objective of one unit, before and after.</summary>
/// <param name="Unit">Money: the one that all amounts were counted in.</param>
/// <param name="Need">The weighted need if all were met.</param>
/// <param name="Before">What of it was met, with what does not move; and the fit of what moves.</param>
/// <param name="Planned">The optimum.</param>
/// <param name="After">As the books lay when the moves had been made; null: not yet, or a dry run.</param>
/// <param name="Gap">Null: the plan is proven to be the optimum, if there is one.</param>
public sealed record UnitResult(Unit Unit, bool IsExact, Int128 Need, Score Before, Score Planned, Score? After, OptimumGap? Gap, TimeSpan SolvedIn)
{
    /// <summary>Why no plan could be made for it, and nothing of it moves; null: one was made.</summary>
    public string? Failure { get; init; }
}

/// <summary>One rebalance, as its row keeps it.</summary>
/// <param name="By">Opaque id of a key, or "system".</param>
/// <param name="TouchedAt">When whoever runs it last said so; long ago: it died.</param>
public sealed record RebalanceDocument(
    string Id, bool DryRun, string By, RebalanceStatus Status, DateTimeOffset StartedAt, DateTimeOffset TouchedAt, DateTimeOffset? FinishedAt)
{
    public int V { get; init; } = 1;
    public IReadOnlyList<UnitResult> Units { get; init; } = [];
    public int Steps { get; init; }
    public int StepsDone { get; init; }
    public int Planned { get; init; }
    public int Moved { get; init; }

    /// <summary>Met other books than planned, and were left.</summary>
    public int Skipped { get; init; }

    /// <summary>Parts of all pledges, and of the pledge that has most, when it ended (or as planned, of a dry run).</summary>
    public int Parts { get; init; }
    public int MostPartsOfOnePledge { get; init; }

    public string? Failure { get; init; }

    /// <summary>Attempts that ended in a fault without coming further.</summary>
    public int Faults { get; init; }

    public bool IsFinished => Status is RebalanceStatus.Done or RebalanceStatus.Failed;
}

/// <summary>Message in <c>rebalances-to-run</c>: begin, or go on with, this one.</summary>
public sealed record RunRebalance(int V, string Id);
