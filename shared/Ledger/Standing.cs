namespace FundingFlow.Ledger;

/// <summary>Why units of a line stand.</summary>
public static class Standing
{
    public const string NoNeed = Matching.Placement.NoNeed;
    public const string NoRate = Matching.Placement.NoRate;

    /// <summary>Taken in but not to be placed until staff release it.</summary>
    public const string Held = "held";

    /// <summary>Received above what was owed: the pledge grew by it.</summary>
    public const string AboveOwed = "above-owed";

    /// <summary>Came after the pledge was withdrawn, for a need that has no room for it any more: staff agree with the partner what becomes of it.</summary>
    public const string ReceivedAfterWithdrawal = "received-after-withdrawal";
}
