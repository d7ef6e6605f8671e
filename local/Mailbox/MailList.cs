using System.Globalization;
using System.Text;
using MimeKit;

namespace FundingFlow.Local.Mailbox;

/// <summary>The list of mails, newest first; of many the newest, because each is read to show it.</summary>
internal static class MailList
{
    private const int Most = 200;

    public static async Task<string> RenderAsync(MailStore store, CancellationToken stop)
    {
        var ids = store.Ids();
        if (ids.Count == 0)
            return MailboxHtml.Page("Mailbox", "<p>No mail yet. Digests and alerts that the system sends arrive here, and nowhere else.</p>");

        var body = new StringBuilder(Summary(ids.Count)).Append("<ul class=\"mails\">");
        foreach (var id in ids.Take(Most))
        {
            if (await store.FindAsync(id, stop) is { } mail)
                body.Append(Item(id, mail));
        }

        return MailboxHtml.Page("Mailbox", body.Append("</ul>").ToString());
    }

    private static string Summary(int count)
    {
        var mails = count.ToString(CultureInfo.InvariantCulture) + (count == 1 ? " mail" : " mails");
        var shown = count > Most ? "; the newest " + Most.ToString(CultureInfo.InvariantCulture) + " are shown" : ", newest first";
        return $"<p class=\"soft\">{mails}{shown}.</p>";
    }

    private static string Item(string id, MimeMessage mail) => $"""
        <li><a href="/mailbox/{id}"><span class="subject" dir="auto">{MailboxHtml.Encode(MailView.Subject(mail))}</span>{MailView.Time(mail)}
        <span class="people" dir="auto">{MailboxHtml.Encode(mail.From.ToString())} → {MailboxHtml.Encode(mail.To.ToString())}</span></a></li>
        """;
}
