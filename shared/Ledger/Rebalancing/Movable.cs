using FundingFlow.Matching;

namespace FundingFlow.Ledger.Rebalancing;

/// <summary>
/// What a rebalance may move: what is unallocated or only proposed, of pledges that stand. Never what was confirmed or received,
/// nor what the partner was told of within <see cref="PlacingPolicy.ToldFor"/>, nor what lies where it could not be placed today, nor the
/// proposed rest of a part that is below the pledge's smallest.
/// </summary>
internal sealed class Movable(PlacingPolicy policy, DateOnly today, DateTimeOffset now)
{
    public bool Allows(Line line)
        => !line.IsWithdrawn && line.Standing != Standing.Held && !Eligibility.IsExpired(line, today) && (!line.Unit.IsMoney || line.Rate is not null);

    public bool Allows(Line line, Allocation part, Position need)
        => part.Proposed.Minor > 0 && !(line.SmallestPart > part.Proposed.Minor) && Allows(line) && !(now - part.ToldAt < policy.ToldFor) && MayLieAt(line, need);

    /// <summary>Eligible today, and countable there.</summary>
    public bool MayLieAt(Line line, Position need) => Eligibility.Allows(line, need, today) && new Exchange(line, 0).Possible(need);
}
