namespace FundingFlow.Ledger;

/// <summary>Why units of a line stand.</summary>
public static class Standing
{
    public const string NoNeed = Matching.Placement.NoNeed;
    public const string NoRate = Matching.Placement.NoRate;

    /// <summary>The pledge chose its projects, and what they ask for was declined.</summary>
    public const string Declined = "declined";

    /// <summary>The pledge chose its projects, and they are closed.</summary>
    public const string ProjectClosed = "project-closed";

    /// <summary>Taken in but not to be placed until staff release it.</summary>
    public const string Held = "held";

    /// <summary>Received above what was owed: the pledge grew by it.</summary>
    public const string AboveOwed = "above-owed";
}
