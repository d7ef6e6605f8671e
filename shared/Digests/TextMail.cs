using System.Text;

namespace FundingFlow.Digests;

/// <summary>The same mail for whoever reads plain text: lines of at most 72 characters, but for a URL.</summary>
public static class TextMail
{
    private const int Width = 72;
    private const int BarLength = 20;

    public static string Write(MailDocument mail)
    {
        var text = new StringBuilder(4 * 1024);
        text.Append(mail.Forum).Append('\n');
        Wrap(text, mail.Title, "");
        foreach (var line in mail.Opening)
        {
            text.Append('\n');
            Wrap(text, line, "");
        }

        foreach (var section in mail.Sections)
        {
            text.Append('\n').Append(section.Heading.ToUpper(mail.Language.Culture)).Append('\n');
            foreach (var element in section.Elements) Append(text, element, "");
        }

        text.Append("\n-- \n");
        Wrap(text, mail.Footer, "");
        if (mail.Unsubscribe is { } unsubscribe) text.Append(unsubscribe.Label).Append(":\n").Append(unsubscribe.Url).Append('\n');
        return text.ToString();
    }

    private static void Append(StringBuilder text, MailElement element, string indent)
    {
        switch (element)
        {
            case MailText paragraph:
                Wrap(text, paragraph.Text, indent);
                break;
            case MailRow row:
                Wrap(text, $"{row.Label}: {row.Value}", indent);
                break;
            case MailBar bar:
                var funded = Math.Clamp(bar.Percent, 0, 100) * BarLength / 100;
                var proposed = Math.Clamp(bar.AlsoProposed * BarLength / 100, 0, BarLength - funded);
                text.Append(indent).Append('[').Append('#', funded).Append('+', proposed).Append('.', BarLength - funded - proposed).Append("]\n");
                Wrap(text, bar.Caption, indent);
                break;
            case MailLink link:
                text.Append(indent).Append(link.Label).Append(":\n").Append(indent).Append(link.Url).Append('\n');
                break;
            case MailCard card:
                text.Append('\n');
                Wrap(text, card.Title, indent + "* ");
                if (card.Subtitle is not null) Wrap(text, card.Subtitle, indent + "  ");
                foreach (var inner in card.Elements) Append(text, inner, indent + "  ");
                break;
            default:
                throw new InvalidOperationException($"No text for a {element.GetType().Name}.");
        }
    }

    /// <summary>The first line begins with <paramref name="indent"/>, the others with as many spaces.</summary>
    private static void Wrap(StringBuilder text, string paragraph, string indent)
    {
        var line = new StringBuilder(indent);
        var empty = true;
        foreach (var word in paragraph.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!empty && line.Length + 1 + word.Length > Width)
            {
                text.Append(line).Append('\n');
                line.Clear().Append(' ', indent.Length);
                empty = true;
            }

            if (!empty) line.Append(' ');
            line.Append(word);
            empty = false;
        }

        text.Append(line).Append('\n');
    }
}
