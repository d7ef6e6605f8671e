namespace FundingFlow.Sustainability;

/// <summary>Message in <c>notify-staff</c>: mail this critical alert now, or the summary of that day.</summary>
public sealed record StaffNotice(int V, string? AlertId, DateOnly? SummaryOf)
{
    public static StaffNotice Of(Alert alert) => new(1, alert.Id, null);
    public static StaffNotice Summary(DateOnly day) => new(1, null, day);
}
