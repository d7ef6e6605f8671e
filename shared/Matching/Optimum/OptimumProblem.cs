namespace FundingFlow.Matching.Optimum;

/// <summary>What of one pledge or pledge line may be placed anew.</summary>
/// <param name="Id">Unique in its problem. The order of ids, not of the list, decides ties.</param>
/// <param name="Units">0 or more; smallest units that all of the problem shares.</param>
/// <param name="Class">Supplies that may go to the same demands with the same fit share one; <see cref="Link"/> says where.</param>
/// <param name="SmallestPart">Every part of this supply is at least so large, or absent. 0: no such wish.</param>
/// <param name="Partner">Whose <see cref="ShareCap"/>s count these units; null: nobody's.</param>
public sealed record Supply(string Id, long Units, string Class, long SmallestPart = 0, string? Partner = null)
{
    /// <summary>
    /// So many units are not left unplaced, whatever the gain: 0 to <see cref="Units"/>, of nobody with a cap; where they lie now there is room for all of them. Not kept to
    /// by a search for smallest parts.
    /// </summary>
    public long MustPlace { get; init; }
}

/// <summary>The room that a need still has. A demand's place in its list is its rank: among ties it is finished before those after it.</summary>
/// <param name="Tranches">In filling order: weights never increase.</param>
/// <param name="Project">Whose <see cref="ShareCap"/>s count what goes here; null: nobody's.</param>
public sealed record Demand(string Id, IReadOnlyList<DemandTranche> Tranches, string? Project = null);

/// <param name="Room">0 or more units.</param>
/// <param name="Weight">1 or more: what leaving one of these units unmet costs.</param>
public readonly record struct DemandTranche(long Room, int Weight);

/// <summary>Supplies of this class may go to this demand. Of several links of one pair the best fit counts.</summary>
/// <param name="Demand">Index in <see cref="OptimumProblem.Demands"/>.</param>
/// <param name="Fit">0 or more a unit.</param>
public readonly record struct Link(string Class, int Demand, int Fit);

/// <summary>Units of a supply that lie at a demand: before (where they may stay) or after (a part of a plan).</summary>
/// <param name="Supply">Index in <see cref="OptimumProblem.Supplies"/>.</param>
/// <param name="Demand">Index in <see cref="OptimumProblem.Demands"/>.</param>
/// <param name="Units">1 or more.</param>
public readonly record struct Current(int Supply, int Demand, long Units);

/// <summary>The most that a partner's supplies together may put into a project's demands (less what is fixed there). One a pair.</summary>
public sealed record ShareCap(string Partner, string Project, long Units);

/// <summary>One unit's whole problem (one currency's money, one item, one skill).</summary>
/// <param name="Currents">Where movable units lie now. The currents of a supply sum to its units at most; they need not be allowed any more.</param>
public sealed record OptimumProblem(
    IReadOnlyList<Supply> Supplies,
    IReadOnlyList<Demand> Demands,
    IReadOnlyList<Link> Links,
    IReadOnlyList<Current> Currents,
    IReadOnlyList<ShareCap> Caps);
