using FundingFlow.Digests;
using Microsoft.Extensions.Options;

namespace FundingFlow.Sustainability;

/// <summary>What the mails to staff say; in English.</summary>
public sealed class StaffMail(IOptions<FundingFlowOptions> forum)
{
    private const int MostInSummary = 100;

    public Email Critical(Alert alert, string address)
        => Mail(
            address, $"Critical: {TitleOf(alert)}", "It is critical now, so you hear of it at once.", [new MailSection("What was found", [CardOf(alert)])],
            MessageIds.Of(forum.Value, "alert", alert.Id, $"{alert.OpenedAt:O}", $"{alert.History.Count(happened => happened.What == "severity-rose")}"));

    public Email Summary(IReadOnlyList<Alert> news, DateOnly today, string address)
    {
        var sections = new List<MailSection>();
        foreach (var severity in news.GroupBy(alert => alert.Severity).OrderByDescending(group => group.Key))
        {
            List<MailElement> shown = [.. severity.OrderBy(alert => alert.Kind, StringComparer.Ordinal).ThenBy(alert => alert.Subject, StringComparer.Ordinal).Take(MostInSummary).Select(CardOf)];
            if (severity.Count() > shown.Count) shown.Add(new MailText(Language.English.More(severity.Count() - shown.Count)) { Quiet = true });
            sections.Add(new MailSection($"{severity.Key}: {severity.Count()}", shown));
        }

        var title = news.Count == 1 ? "1 new alert" : $"{news.Count} new alerts";
        return Mail(
            address, $"{title} on {Language.English.Date(today)}", "This is what changed since the last summary.", sections,
            MessageIds.Of(forum.Value, "summary", $"{today:yyyy-MM-dd}"));
    }

    private Email Mail(string address, string title, string opening, IReadOnlyList<MailSection> sections, string messageId)
    {
        var document = new MailDocument(
            Language.English, forum.Value.ForumName, title, opening, [opening], sections,
            $"To the staff of {forum.Value.ForumName}. See all alerts, acknowledge or snooze them: {forum.Value.PublicUrl}/dashboard", null);
        return new Email(new Mailbox(forum.Value.ForumName, address), title, TextMail.Write(document), HtmlMail.Write(document), messageId)
        {
            Headers = new Dictionary<string, string> { ["Auto-Submitted"] = "auto-generated" },
        };
    }

    private static MailCard CardOf(Alert alert)
    {
        List<MailElement> elements = [.. alert.Figures.Where(figure => figure.Key != "project").Select(figure => new MailRow(Words(figure.Key), figure.Value))];
        return new MailCard(TitleOf(alert), alert.Id, [.. elements, new MailText(alert.Advice)]);
    }

    private static string TitleOf(Alert alert) => $"{Words(alert.Kind)} · {alert.Figures.GetValueOrDefault("project", alert.Subject)}";

    /// <summary>"missingToEndOfPlan" and "short-runway" as words.</summary>
    private static string Words(string name)
    {
        var words = string.Concat(name.Select(c => c == '-' ? " " : char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : c.ToString()));
        return char.ToUpperInvariant(words[0]) + words[1..];
    }
}
