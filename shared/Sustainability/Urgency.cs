namespace FundingFlow.Sustainability;

/// <summary>The factor by which the matcher weighs a project's needs.</summary>
public static class Urgency
{
    /// <summary>4 when the money lasts under 30 days, 2 under 90, else 1 (also without a budget).</summary>
    public static int Of(int? runwayDays) => runwayDays switch
    {
        < 30 => 4,
        < 90 => 2,
        _ => 1,
    };
}
