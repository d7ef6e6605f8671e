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

    /// <summary>How long one sender keeps others off; longer than a mail takes, shorter than a crashed one's message stays hidden.</summary>
    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(5);

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
        // Each look at a project asks for a mail as long as none went out, so several ask at once.
        var now = calendar.Now;
        if (await ChangeAsync(id, alert => IsDue(alert, now) ? alert with { MailingUntil = now + Claim } : null, stop) is not { } claimed) return;
        try
        {
            Report(await mailer.SendAsync(mails.Critical(claimed, address), stop));
        }
        catch
        {
            // Give the claim back, so that the queue's next attempt is not kept off by it.
            await ChangeAsync(id, alert => alert with { MailingUntil = null }, CancellationToken.None);
            throw;
        }

        await MarkAsync(claimed, stop);
    }

    private async Task MailSummaryAsync(DateOnly today, string address, CancellationToken stop)
    {
        var news = new List<Alert>();
        await foreach (var stored in book.AllAsync(alert => IsDue(alert, calendar.Now), stop)) news.Add(stored.Alert);
        if (news.Count == 0) return;
        Report(await mailer.SendAsync(mails.Summary(news, today, address), stop));
        foreach (var alert in news) await MarkAsync(alert, stop);
    }

    private void Report(Delivery delivery)
    {
        if (!delivery.Accepted) log.LogWarning("The mail server refuses mails to FundingFlow:Sustainability:StaffEmail: {Reason}.", delivery.Refusal);
    }

    private bool IsDue(Alert alert, DateTimeOffset now) => alert.IsNewsOn(calendar.Today) && !(alert.MailingUntil > now);

    private Task MarkAsync(Alert mailed, CancellationToken stop) => ChangeAsync(
        mailed.Id, now => now.MailedSeverity >= mailed.Severity ? null : now with { MailedSeverity = mailed.Severity, MailingUntil = null }, stop);

    /// <param name="change">Null: it stays as it is.</param>
    /// <returns>The alert as it was written; null: it was not.</returns>
    private async Task<Alert?> ChangeAsync(string id, Func<Alert, Alert?> change, CancellationToken stop)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await book.FindAsync(id, stop) is not { } stored || change(stored.Alert) is not { } next) return null;
            try
            {
                return (await book.WriteAsync(next, stored.ETag, stop)).Alert;
            }
            catch (StoreConflictException) when (attempt < Attempts)
            {
                // An evaluation was faster: read again.
            }
        }
    }
}
