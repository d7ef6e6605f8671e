using System.Text.Json;

namespace FundingFlow.Sustainability;

/// <summary>What a new reading makes of the last alert of its kind and subject: a pure function.</summary>
public static class AlertStep
{
    /// <summary>
    /// The alert to write, or null when nothing changes. A new one opens when none stands, or above a resolved one whose
    /// severity has risen since (from what it had fallen to), or of a message that failed, each time anew; a resolved one stays quiet until its cause has gone. A rise makes an acknowledged or snoozed
    /// one open again.
    /// </summary>
    public static Alert? Next(Alert? last, string kind, string subject, AlertReading? reading, DateTimeOffset now)
    {
        var standing = last?.ClosedAt is null ? last : null;
        if (reading is null) return standing is null ? null : (standing with { ClosedAt = now }).With(System(now, "closed"));
        if (standing is null) return Opened(kind, subject, (last?.Number ?? 0) + 1, reading, now);
        if (standing.ResolvedAt is not null)
            return reading.Severity > standing.Severity || kind == AlertKinds.FailedMessage ? Opened(kind, subject, standing.Number + 1, reading, now)
                : reading.Severity < standing.Severity ? Updated(standing, reading, now)
                : null;
        return Updated(standing, reading, now);
    }

    private static Alert Opened(string kind, string subject, int number, AlertReading reading, DateTimeOffset now)
        => new Alert(kind, subject, number, reading.Severity, reading.Figures, reading.Advice, now).With(System(now, "opened", reading.Severity));

    private static Alert? Updated(Alert alert, AlertReading reading, DateTimeOffset now)
    {
        if (alert.Severity == reading.Severity && alert.Advice == reading.Advice && Same(alert.Figures, reading.Figures)) return null;
        var next = alert with { Severity = reading.Severity, Figures = reading.Figures, Advice = reading.Advice };
        if (reading.Severity > alert.Severity)
            return (next with { Acknowledged = false, SnoozedUntil = null }).With(System(now, "severity-rose", reading.Severity));
        return reading.Severity < alert.Severity
            ? (next with { MailedSeverity = Lower(alert.MailedSeverity, reading.Severity) }).With(System(now, "severity-fell", reading.Severity))
            : next;
    }

    /// <summary>After a fall a second rise is news again.</summary>
    private static Severity? Lower(Severity? mailed, Severity now) => mailed > now ? now : mailed;

    private static bool Same(IReadOnlyDictionary<string, string> left, IReadOnlyDictionary<string, string> right)
        => left.Count == right.Count && left.All(pair => right.TryGetValue(pair.Key, out var value) && value == pair.Value);

    private static AlertEvent System(DateTimeOffset now, string what, Severity? severity = null)
        => new(now, what, "system", severity is null ? null : JsonNamingPolicy.CamelCase.ConvertName(severity.Value.ToString()));
}
