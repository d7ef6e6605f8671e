using FundingFlow.Digests.Blocks;
using FundingFlow.Ledger;
using FundingFlow.Partners;
using Microsoft.Extensions.Logging;

namespace FundingFlow.Digests;

/// <summary>
/// Sends one digest that was asked for. At most one goes out per contact and period; only a crash between the mail
/// server's yes and our row lets it go out again, with the same Message-ID.
/// </summary>
public sealed class DigestSender(
    IPartners partners, DigestReader reader, Digest digest, DigestRecords records, IPartsTold told, IMailer mailer, TimeProvider clock, ILogger<DigestSender> log)
{
    /// <summary>How long one sender keeps others off; longer than a mail takes, shorter than a crashed one's message stays hidden.</summary>
    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(5);

    public async Task SendAsync(DigestToSend asked, CancellationToken stop)
    {
        var stored = await records.FindAsync(asked.PartnerId, asked.ContactId, asked.Period.Id, stop);
        if (stored is { Record: var known } && (known.IsFinal || IsClaimed(known))) return;
        var claim = await records.TryWriteAsync(Record(asked, DigestStatus.Sending), stored?.ETag, stop);
        if (claim is null) return; // another message for the same digest was faster, and is at it

        try
        {
            var done = await SendAsync(asked, await ComposeAsync(asked, stop), stop);
            await records.TryWriteAsync(done, claim.ETag, CancellationToken.None);
            log.LogInformation("Digest {Period} of contact {Partner}/{Contact}: {Status}.", asked.Period.Id, asked.PartnerId, asked.ContactId, done.Status);
        }
        catch
        {
            // Give the claim back, so that the queue's next attempt is not kept off by it.
            await records.TryWriteAsync(Record(asked, DigestStatus.Queued), claim.ETag, CancellationToken.None);
            throw;
        }
    }

    private async Task<DigestRecord> SendAsync(DigestToSend asked, Email? email, CancellationToken stop)
    {
        if (email is null) return Record(asked, DigestStatus.Nothing);
        var delivery = await mailer.SendAsync(email, stop);
        return delivery.Accepted ? Record(asked, DigestStatus.Sent, email.MessageId) : Record(asked, DigestStatus.Refused, delivery.Refusal);
    }

    /// <summary>Null when there is nothing to say, or nobody to say it to any more.</summary>
    private async Task<Email?> ComposeAsync(DigestToSend asked, CancellationToken stop)
    {
        var contact = (await partners.ContactsOfAsync(asked.PartnerId, stop)).FirstOrDefault(contact => contact.Id == asked.ContactId);
        if (contact is null || contact.Digest.Frequency == DigestFrequency.Never) return null;
        if (await partners.FindAsync(asked.PartnerId, stop) is not { } partner) return null;
        var last = await records.LastSentAsync(asked.PartnerId, asked.ContactId, stop);
        var data = await reader.ReadAsync(partner, contact, asked.Period, last, stop);
        if (digest.Of(data) is not { } email) return null;
        // Noted first: a failure here sends nothing, and one after it sends the same again.
        await told.TellAsync(PledgesBlock.Told(data), stop);
        return email;
    }

    private bool IsClaimed(DigestRecord record) => record.Status == DigestStatus.Sending && clock.GetUtcNow() - record.At < Claim;

    private DigestRecord Record(DigestToSend asked, DigestStatus status, string? note = null)
        => new(asked.PartnerId, asked.ContactId, asked.Period.Id, status, clock.GetUtcNow(), note);
}
