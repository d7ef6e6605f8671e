using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace FundingFlow.Digests;

/// <summary>Makes a contact's digest out of what was read.</summary>
public sealed class Digest(IEnumerable<IDigestBlock> blocks, LinkTokens tokens, IOptions<FundingFlowOptions> forum, IOptions<DigestOptions> options)
{
    private readonly IReadOnlyList<IDigestBlock> blocks = [.. blocks.OrderBy(block => block.Order)];

    /// <summary>Null when there is nothing to say.</summary>
    public Email? Of(DigestData data)
    {
        var parts = blocks.Select(block => block.Read(data)).OfType<DigestPart>().ToList();
        if (!parts.Any(part => part.IsNews)) return null;
        var unsubscribe = UnsubscribeUrl(data);
        var mail = Document(data, [.. parts.Select(part => part.Section)], unsubscribe);
        var replyTo = options.Value.ReplyTo;
        return new Email(new Mailbox(data.Contact.Name, data.Contact.Email), mail.Title, TextMail.Write(mail), HtmlMail.Write(mail), MessageIdOf(data))
        {
            ReplyTo = string.IsNullOrEmpty(replyTo) ? null : new Mailbox(forum.Value.ForumName, replyTo),
            Headers = new Dictionary<string, string>
            {
                ["List-Unsubscribe"] = $"<{unsubscribe}>",
                ["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click",
                ["Auto-Submitted"] = "auto-generated",
            },
        };
    }

    private MailDocument Document(DigestData data, IReadOnlyList<MailSection> sections, string unsubscribe)
    {
        var (language, partner) = (data.Language, data.Partner.Name);
        var period = language.Period(data.Period);
        var opening = language.DigestOpening(partner, period);
        return new MailDocument(
            language, forum.Value.ForumName, language.DigestTitle(period), string.Join(" · ", sections.Select(section => section.Heading)),
            [language.Hello(data.Contact.Name), opening], sections,
            language.DigestFooter(partner, forum.Value.ForumName), new MailLink(language.Unsubscribe, unsubscribe));
    }

    /// <summary>Expires by the period's end, not by the clock, so that a repetition is the same mail.</summary>
    private string UnsubscribeUrl(DigestData data)
    {
        var expires = new DateTimeOffset(data.Period.To.AddDays(options.Value.LinkDays).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        var token = tokens.Make(new LinkSubject(data.Contact.PartnerId, data.Contact.Id), LinkPurpose.Unsubscribe, expires);
        return $"{forum.Value.PublicUrl.TrimEnd('/')}/unsubscribe?token={token}";
    }

    private string MessageIdOf(DigestData data)
        => MessageIds.Of(forum.Value, "digest", data.Contact.PartnerId, data.Contact.Id, data.Period.Id);
}

/// <summary>Message-IDs that derive from what a mail is about.</summary>
public static class MessageIds
{
    public static string Of(FundingFlowOptions forum, string kind, params string[] about)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('|', about))).AsSpan(0, 16));
        var host = new Uri(forum.PublicUrl).IdnHost;
        return $"{kind}.{hash}@{(host.Contains(':', StringComparison.Ordinal) ? "fundingflow.invalid" : host)}";
    }
}
