namespace FundingFlow.Ledger;

/// <summary>Why units of a line stand.</summary>
public static class Standing
{
    public const string NoNeed = Matching.Placement.NoNeed;
    public const string NoRate = Matching.Placement.NoRate;

    /// <summary>Its last day has passed.</summary>
    public const string Expired = Matching.Placement.Expired;

    /// <summary>Needs that have room are where the partner does not give.</summary>
    public const string Excluded = Matching.Placement.Excluded;

    /// <summary>Projects that have room have ended, or do not run while the time is given.</summary>
    public const string Dates = Matching.Placement.Dates;

    /// <summary>The partner fills as much of the projects that have room as one partner may.</summary>
    public const string ShareCap = Matching.Placement.ShareCap;

    /// <summary>What is left, or the room there is, is less than the smallest part that the pledge allows.</summary>
    public const string SmallestPart = Matching.Placement.SmallestPart;

    /// <summary>The pledge chose its projects, and what they ask for was declined.</summary>
    public const string Declined = "declined";

    /// <summary>The pledge chose its projects, and they are closed.</summary>
    public const string ProjectClosed = "project-closed";

    /// <summary>Taken in but not to be placed until staff release it.</summary>
    public const string Held = "held";

    /// <summary>Received above what was owed: the pledge grew by it.</summary>
    public const string AboveOwed = "above-owed";

    /// <summary>Came after the pledge was withdrawn or had expired, for a need that has no room for it any more: staff agree with the partner what becomes of it.</summary>
    public const string ReceivedAfterWithdrawal = "received-after-withdrawal";

    /// <summary>Whether another area may have a place for it.</summary>
    public static bool MayMoveOn(string? standing) => standing is NoNeed or Excluded or Dates or ShareCap or SmallestPart;
}
