using System.Text;
using FundingFlow.Digests;
using MimeKit;
using MimeKit.Utils;

namespace FundingFlow.Mail;

/// <summary>Makes the MIME message of an email.</summary>
internal static class Mime
{
    /// <summary>Null when the recipient's address is none.</summary>
    /// <exception cref="ArgumentException">A header would hold a control character.</exception>
    public static MimeMessage? Of(Email email, Mailbox from, DateTimeOffset now)
    {
        if (AddressOf(email.To) is not { } to) return null;
        var message = new MimeMessage
        {
            Subject = Clean(email.Subject, "Subject"),
            MessageId = Clean(email.MessageId, "Message-Id"),
            Date = now,
            Body = new MultipartAlternative(Part("plain", email.Text), Part("html", email.Html)),
        };
        message.From.Add(AddressOf(from) ?? throw new ArgumentException("The sender's address is not an address."));
        message.To.Add(to);
        if (email.ReplyTo is { } replyTo && AddressOf(replyTo) is { } answers) message.ReplyTo.Add(answers);
        foreach (var (name, value) in email.Headers) message.Headers.Add(Header(Clean(name, "a name"), Clean(value, name)));
        return message;
    }

    /// <summary>
    /// MimeKit folds long values where it sees fit; a URL in a List- header must stay in one piece for those who read it
    /// by machine, so ASCII values go out as they are.
    /// </summary>
    private static Header Header(string name, string value)
    {
        var header = new Header(name, value);
        if (Ascii.IsValid(value)) header.SetRawValue(Encoding.ASCII.GetBytes($" {value}\r\n"));
        return header;
    }

    private static TextPart Part(string subtype, string text)
    {
        var part = new TextPart(subtype) { ContentTransferEncoding = ContentEncoding.QuotedPrintable };
        part.SetText(Encoding.UTF8, text);
        return part;
    }

    private static MailboxAddress? AddressOf(Mailbox address)
    {
        Clean(address.Name, "a name");
        var options = new ParserOptions { AllowAddressesWithoutDomain = false };
        return !address.Address.Any(char.IsControl) && MailboxAddress.TryParse(options, address.Address, out var parsed)
               && parsed.Address == address.Address
            ? new MailboxAddress(Encoding.UTF8, address.Name, parsed.Address)
            : null;
    }

    private static string Clean(string value, string header)
        => value.Any(char.IsControl) ? throw new ArgumentException($"{header} of a mail must not hold a control character.") : value;
}
