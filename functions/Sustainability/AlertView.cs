using FundingFlow.Sustainability;

namespace FundingFlow.Functions.Sustainability;

/// <summary>An alert as the API gives it.</summary>
/// <param name="Subject">A project's id; of a failed message the pledge's, or the message's.</param>
/// <param name="SnoozedUntil">The day on which it wakes; null when it is awake.</param>
public sealed record AlertView(
    string Id, string Kind, string Subject, Severity Severity, AlertState State, IReadOnlyDictionary<string, string> Figures, string Advice,
    DateTimeOffset OpenedAt, DateTimeOffset? ClosedAt, DateOnly? SnoozedUntil, IReadOnlyList<AlertEvent> History)
{
    public static AlertView From(Alert alert, DateOnly today)
        => new(alert.Id, alert.Kind, alert.Subject, alert.Severity, alert.StateOn(today), alert.Figures, alert.Advice,
            alert.OpenedAt, alert.ClosedAt, alert.SnoozedUntil > today ? alert.SnoozedUntil : null, alert.History);
}
