using FundingFlow.Storage;

namespace FundingFlow.Sustainability;

/// <summary>Writes what readings make of alerts, and asks for a mail where one has become critical.</summary>
public sealed class Alerts(AlertBook book, IQueues queues, ForumCalendar calendar) : IAlerts
{
    private const int Attempts = 10;

    public Task OpenAsync(
        string kind, string subject, Severity severity, IReadOnlyDictionary<string, string> figures, string advice, CancellationToken stop)
        => ReadAsync(kind, subject, _ => new AlertReading(severity, figures, advice), stop);

    public Task CloseAsync(string kind, string subject, CancellationToken stop) => ReadAsync(kind, subject, _ => null, stop);

    /// <summary>Evaluates against the alert that stands, and writes the outcome; after a lost race evaluates again.</summary>
    public async Task ReadAsync(string kind, string subject, Func<Severity?, AlertReading?> evaluate, CancellationToken stop)
    {
        if (!AlertId.IsSubject(subject)) throw new ArgumentException($"'{subject}' cannot be an alert's subject.", nameof(subject));
        for (var attempt = 1; ; attempt++)
        {
            var last = await book.LastAsync(kind, subject, stop);
            var standing = last?.Alert.ClosedAt is null ? last?.Alert.Severity : null;
            var next = AlertStep.Next(last?.Alert, kind, subject, evaluate(standing), calendar.Now);
            try
            {
                if (next is not null) await book.WriteAsync(next, next.Number == last?.Alert.Number ? last.ETag : null, stop);
            }
            catch (StoreConflictException) when (attempt < Attempts)
            {
                continue;
            }

            // Also when nothing changed: an earlier run may have ended between its write and its message.
            if ((next ?? last?.Alert) is { Severity: Severity.Critical } critical && critical.IsNewsOn(calendar.Today))
                await queues.SendAsync(QueueNames.NotifyStaff, Wire.Write(StaffNotice.Of(critical)), stop);
            return;
        }
    }
}
