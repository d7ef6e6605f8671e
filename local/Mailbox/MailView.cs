using System.Globalization;
using System.Text;
using MimeKit;

namespace FundingFlow.Local.Mailbox;

/// <summary>One mail: its people and date, its HTML in a frame without rights, its text, its headers.</summary>
internal static class MailView
{
    public static string Render(string id, MimeMessage mail)
    {
        var body = new StringBuilder($"""
            <dl><dt>From</dt><dd dir="auto">{MailboxHtml.Encode(mail.From.ToString())}</dd>
            <dt>To</dt><dd dir="auto">{MailboxHtml.Encode(mail.To.ToString())}</dd>
            <dt>Date</dt><dd>{Time(mail)}</dd></dl>
            <p><a href="/mailbox/{id}/raw" download>Download as .eml</a></p>
            """);
        if (mail.HtmlBody is { } html)
        {
            // Links of the mail open in a tab of their own; its scripts and forms do nothing.
            body.Append("<h2 id=\"html\">HTML part</h2><iframe aria-labelledby=\"html\" sandbox=\"allow-popups allow-popups-to-escape-sandbox\" srcdoc=\"")
                .Append(MailboxHtml.Encode("<base target=\"_blank\">" + WithPictures(html, mail))).Append("\"></iframe>");
        }

        if (mail.TextBody is { } text)
            body.Append("<h2>Text part</h2><pre dir=\"auto\">").Append(MailboxHtml.Encode(text)).Append("</pre>");
        body.Append("<h2>Headers</h2><pre>");
        foreach (var header in mail.Headers)
            body.Append(MailboxHtml.Encode(header.Field)).Append(": ").Append(MailboxHtml.Encode(header.Value)).Append('\n');
        return MailboxHtml.Page(Subject(mail), body.Append("</pre>").ToString());
    }

    public static string Subject(MimeMessage mail) => string.IsNullOrWhiteSpace(mail.Subject) ? "(no subject)" : mail.Subject;

    public static string Time(MimeMessage mail) => string.Create(CultureInfo.InvariantCulture,
        $"<time datetime=\"{mail.Date.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}\">{mail.Date.UtcDateTime:d MMM yyyy HH:mm:ss} UTC</time>");

    /// <summary>Pictures that the mail brings along and names by <c>cid:</c>, put in place.</summary>
    private static string WithPictures(string html, MimeMessage mail)
    {
        foreach (var part in mail.BodyParts.OfType<MimePart>())
        {
            if (part.ContentId is not { Length: > 0 } id || !part.ContentType.IsMimeType("image", "*") || part.Content is null)
                continue;
            using var bytes = new MemoryStream();
            part.Content.DecodeTo(bytes);
            html = html.Replace(
                "cid:" + id, $"data:{part.ContentType.MimeType};base64,{Convert.ToBase64String(bytes.ToArray())}", StringComparison.OrdinalIgnoreCase);
        }

        return html;
    }
}
