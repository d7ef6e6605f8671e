using FundingFlow.Digests;
using FundingFlow.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FundingFlow.Sustainability;

/// <summary>
/// Mails staff: a critical alert at once, everything else that is new in one summary a day. An alert remembers the
/// severity that staff were told of, so that a repeated message mails nothing more; what a crash in mid-send repeats carries
/// the same Message-ID.
/// </summary>
public sealed class StaffNotifier(
    AlertBook book, StaffMail mails, IMailer mailer, IQueues queues, ForumCalendar calendar, IOptions<SustainabilityOptions> options, ILogger<StaffNotifier> log)
{
    private const int Attempts = 10;
    private int saidUnset;

    /// <summary>Asks for today's summary, through the queue, so that a mail server that is away is tried again.</summary>
    public Task AskForSummaryAsync(CancellationToken stop)
        => queues.SendAsync(QueueNames.NotifyStaff, Wire.Write(StaffNotice.Summary(calendar.Today)), stop);

    public Task SendAsync(StaffNotice notice, CancellationToken stop)
    {
        if (options.Value.StaffEmail is { Length: > 0 } address && mailer.IsConfigured)
            return notice switch
            {
                { AlertId: { } id } => MailCriticalAsync(id, address, stop),
                { SummaryOf: { } today } => MailSummaryAsync(today, address, stop),
                _ => throw new ArgumentException("A notice to staff names an alert or a day.", nameof(notice)),
            };
        if (Interlocked.Exchange(ref saidUnset, 1) == 0)
            log.LogInformation("Staff are not mailed: FundingFlow:Sustainability:StaffEmail or FundingFlow:Mail:Host is not set.");
        return Task.CompletedTask;
    }

    private async Task MailCriticalAsync(string id, string address, CancellationToken stop)
    {
        if (await book.FindAsync(id, stop) is not { Alert: var alert } || !alert.IsNewsOn(calendar.Today)) return;
        Report(await mailer.SendAsync(mails.Critical(alert, address), stop));
        await MarkAsync(alert, stop);
    }

    private async Task MailSummaryAsync(DateOnly today, string address, CancellationToken stop)
    {
        var news = new List<Alert>();
        await foreach (var stored in book.AllAsync(alert => alert.IsNewsOn(calendar.Today), stop)) news.Add(stored.Alert);
        if (news.Count == 0) return;
        Report(await mailer.SendAsync(mails.Summary(news, today, address), stop));
        foreach (var alert in news) await MarkAsync(alert, stop);
    }

    private void Report(Delivery delivery)
    {
        if (!delivery.Accepted) log.LogWarning("The mail server refuses mails to FundingFlow:Sustainability:StaffEmail: {Reason}.", delivery.Refusal);
    }

    private async Task MarkAsync(Alert mailed, CancellationToken stop)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await book.FindAsync(mailed.Id, stop) is not { } stored || stored.Alert.MailedSeverity >= mailed.Severity) return;
            try
            {
                await book.WriteAsync(stored.Alert with { MailedSeverity = mailed.Severity }, stored.ETag, stop);
                return;
            }
            catch (StoreConflictException) when (attempt < Attempts)
            {
                // An evaluation was faster: read again.
            }
        }
    }
}
