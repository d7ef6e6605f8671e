namespace FundingFlow.Sustainability;

/// <summary>
/// Thresholds of the rising severities of one figure that is bad when low. A severity begins below its threshold and, once
/// it stands, ends only at the threshold plus a margin, so that a figure that wavers around it does not flap.
/// </summary>
/// <param name="Steps">In rising severity, with falling thresholds.</param>
public sealed record Ladder(IReadOnlyList<(Severity Severity, long Below)> Steps, long Margin)
{
    public Severity? Read(long value, Severity? standing)
    {
        Severity? found = null;
        foreach (var (severity, below) in Steps)
            if (value < (standing >= severity ? below + Margin : below)) found = severity;
        return found;
    }
}
