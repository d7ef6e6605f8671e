using FundingFlow.Money;

namespace FundingFlow.Ledger.Rebalancing;

/// <summary>Units of one pledge that leave one place for another.</summary>
/// <param name="Number">Counts the moves of a rebalance, from 0.</param>
/// <param name="From">Null: they were unallocated in that area's line (or in <c>any</c>).</param>
/// <param name="To">Null: they become unallocated where they are.</param>
/// <param name="Minor">In the pledge's unit.</param>
/// <param name="Value">What they are to count at <paramref name="To"/>, in the need's unit.</param>
/// <param name="Frees">What they count at <paramref name="From"/>, in that need's unit.</param>
/// <param name="Why">The end of a sentence: "moved … because …".</param>
public sealed record RebalanceMove(
    int Number, string PledgeId, Unit Unit, string FromArea, PartRef? From, string ToArea, PartRef? To, long Minor, long Value, long Frees, string Why)
{
    /// <summary>Why, as one of <see cref="MoveDecided"/>; null: the units do not go from one need to another, or it was planned before this was kept.</summary>
    public string? Decided { get; init; }

    /// <summary>The pledge has a smallest part: its moves are made together, or one of them might leave less.</summary>
    public bool IsTogether { get; init; }

    internal Place? FromPlace => From is { } need ? new Place(FromArea, need) : null;
    internal Place? ToPlace => To is { } need ? new Place(ToArea, need) : null;
    internal bool IsWithinArea => FromArea == ToArea;
}
