using FundingFlow.Partners;
using FundingFlow.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FundingFlow.Digests;

/// <summary>What a request for digests came to, counted in contacts.</summary>
/// <param name="AlreadySent">Had theirs of this period.</param>
/// <param name="Unwanted">Want none.</param>
public sealed record DigestsAsked(int Queued, int AlreadySent, int Unwanted);

/// <summary>Decides whose digest is due, and asks for it in the queue.</summary>
public sealed class DigestSchedule(
    IPartners partners, DigestRecords records, IQueues queues, IMailer mailer, TimeProvider clock,
    IOptions<FundingFlowOptions> forum, IOptions<DigestOptions> options, ILogger<DigestSchedule> log)
{
    /// <summary>After this long one that was asked for and never came to an end is asked for again.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    /// <summary>Those whose period ended at 08:00 of their own day, lately. Repeating it asks for nobody's twice.</summary>
    public async Task AskDueAsync(CancellationToken stop)
    {
        if (!mailer.IsConfigured)
        {
            log.LogInformation("No digest is sent: no mail server is configured (FundingFlow:Mail:Host).");
            return;
        }

        var asked = 0;
        await foreach (var contact in ContactsAsync(null, stop))
        {
            var local = TimeZoneInfo.ConvertTime(clock.GetUtcNow(), ContactZone.Of(contact, forum.Value.TimeZone)).DateTime;
            if (DigestPeriod.DueAt(local, contact.Digest.Frequency, options.Value.CatchUpDays) is not { } period) continue;
            if (await AskAsync(contact, period, EndOf(period, contact), stop)) asked++;
        }

        if (asked > 0) log.LogInformation("{Count} digests are due.", asked);
    }

    /// <summary>
    /// A tool for staff: asks now for the digest of the period that runs, which then is the only one of that period.
    /// </summary>
    /// <param name="partnerId">Null: all partners.</param>
    public async Task<DigestsAsked> AskNowAsync(string? partnerId, CancellationToken stop)
    {
        var (queued, already, unwanted) = (0, 0, 0);
        await foreach (var contact in ContactsAsync(partnerId, stop))
        {
            if (contact.Digest.Frequency == DigestFrequency.Never)
            {
                unwanted++;
                continue;
            }

            var now = clock.GetUtcNow();
            var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, ContactZone.Of(contact, forum.Value.TimeZone)).DateTime);
            if (await AskAsync(contact, DigestPeriod.Containing(today, contact.Digest.Frequency), now, stop)) queued++;
            else already++;
        }

        return new DigestsAsked(queued, already, unwanted);
    }

    /// <summary>
    /// The message first, then the row: after a crash in between the next run sends the message again, and the sender sees that
    /// it is done. "Nothing to say" holds only if it was found at <paramref name="dueAt"/> or later.
    /// </summary>
    private async Task<bool> AskAsync(Contact contact, DigestPeriod period, DateTimeOffset dueAt, CancellationToken stop)
    {
        var stored = await records.FindAsync(contact.PartnerId, contact.Id, period.Id, stop);
        if (stored is { Record: var known } && known.Status switch
            {
                DigestStatus.Sent or DigestStatus.Refused => true,
                DigestStatus.Nothing => known.At >= dueAt,
                _ => clock.GetUtcNow() - known.At < Patience,
            }) return false;
        await queues.SendAsync(QueueNames.DigestsToSend, Wire.Write(new DigestToSend(1, contact.PartnerId, contact.Id, period)), stop);
        await records.TryWriteAsync(
            new DigestRecord(contact.PartnerId, contact.Id, period.Id, DigestStatus.Queued, clock.GetUtcNow()), stored?.ETag, stop);
        return true;
    }

    private DateTimeOffset EndOf(DigestPeriod period, Contact contact)
        => ContactZone.StartOf(period.To, ContactZone.Of(contact, forum.Value.TimeZone));

    private async IAsyncEnumerable<Contact> ContactsAsync(
        string? partnerId, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        if (partnerId is not null)
        {
            foreach (var contact in await partners.ContactsOfAsync(partnerId, stop)) yield return contact;
            yield break;
        }

        await foreach (var partner in partners.AllAsync(stop))
            foreach (var contact in await partners.ContactsOfAsync(partner.Id, stop))
                yield return contact;
    }
}
