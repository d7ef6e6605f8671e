namespace FundingFlow.Sustainability;

/// <summary>Open until staff resolve it by hand or its cause goes; acknowledged and snoozed ones are open too.</summary>
public enum AlertState { Open, Acknowledged, Snoozed, Resolved, Closed }

/// <param name="What">opened, severity-rose, severity-fell, acknowledged, snoozed, resolved, closed.</param>
/// <param name="By">Opaque id of a key, or <c>system</c>.</param>
public sealed record AlertEvent(DateTimeOffset At, string What, string By, string? Note = null);

/// <summary>
/// One opening of an alert of a kind about a subject (a project, or a failed message).
/// </summary>
/// <param name="Number">Counts the openings of this kind and subject, from 1.</param>
/// <param name="Figures">Those of the last reading.</param>
public sealed record Alert(
    string Kind, string Subject, int Number, Severity Severity, IReadOnlyDictionary<string, string> Figures, string Advice,
    DateTimeOffset OpenedAt)
{
    public int V { get; init; } = 1;
    public bool Acknowledged { get; init; }

    /// <summary>It is quiet before this day.</summary>
    public DateOnly? SnoozedUntil { get; init; }

    /// <summary>Set by staff; the cause may still be there.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>The cause has gone (also of a resolved one).</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The severity that staff were last mailed about.</summary>
    public Severity? MailedSeverity { get; init; }

    /// <summary>Until then somebody is mailing staff about it, and others leave it to them; null: nobody is.</summary>
    public DateTimeOffset? MailingUntil { get; init; }

    /// <summary>Oldest first; only appended to.</summary>
    public IReadOnlyList<AlertEvent> History { get; init; } = [];

    public string Id => AlertId.Of(Kind, Subject, Number);

    public AlertState StateOn(DateOnly today)
        => ClosedAt is not null ? AlertState.Closed
            : ResolvedAt is not null ? AlertState.Resolved
            : SnoozedUntil > today ? AlertState.Snoozed
            : Acknowledged ? AlertState.Acknowledged
            : AlertState.Open;

    /// <summary>Whether staff have to be told of it as it stands now.</summary>
    public bool IsNewsOn(DateOnly today) => StateOn(today) == AlertState.Open && (MailedSeverity is null || MailedSeverity < Severity);

    public Alert With(AlertEvent happened) => this with { History = [.. History, happened] };
}
