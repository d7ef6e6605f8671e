using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace FundingFlow.Digests;

/// <summary>
/// One column of at most 600 pixels that a phone shows without zooming; tables for layout and inline styles, because mail
/// programs know little else; colours of contrast AA, also where the program turns them dark.
/// </summary>
public static class HtmlMail
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static string Write(MailDocument mail)
    {
        var html = new StringBuilder(16 * 1024);
        html.Append(CultureInfo.InvariantCulture, $$"""
            <!doctype html>
            <html lang="{{mail.Language.Tag}}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="supported-color-schemes" content="light dark">
            <title>{{Text(mail.Title)}}</title>
            <style>
            {{HtmlMailStyle.Sheet}}
            </style>
            </head>
            <body class="page" style="{{HtmlMailStyle.Page}}">
            <div style="{{HtmlMailStyle.Preheader}}">{{Text(mail.Preheader)}}</div>
            <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td align="center" class="frame" style="{{HtmlMailStyle.Frame}}">
            <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" class="sheet" style="{{HtmlMailStyle.SheetTable}}">
            <tr><td class="band" style="{{HtmlMailStyle.Band}}"><p style="{{HtmlMailStyle.Forum}}">{{Text(mail.Forum)}}</p><h1 style="{{HtmlMailStyle.Title}}">{{Text(mail.Title)}}</h1></td></tr>
            <tr><td class="body" style="{{HtmlMailStyle.Body}}">

            """);
        foreach (var line in mail.Opening) html.Append(CultureInfo.InvariantCulture, $"<p style=\"{HtmlMailStyle.Opening}\">{Text(line)}</p>\n");
        foreach (var section in mail.Sections)
        {
            html.Append(CultureInfo.InvariantCulture, $"<h2 class=\"heading\" style=\"{HtmlMailStyle.Heading}\">{Text(section.Heading)}</h2>\n");
            foreach (var element in section.Elements) Append(html, element);
        }

        html.Append(CultureInfo.InvariantCulture, $"</td></tr>\n<tr><td class=\"foot quiet\" style=\"{HtmlMailStyle.Foot}\"><p style=\"margin:0\">{Text(mail.Footer)}</p>");
        if (mail.Unsubscribe is { } unsubscribe)
            html.Append(CultureInfo.InvariantCulture,
                $"<p style=\"margin:8px 0 0\"><a class=\"link\" style=\"{HtmlMailStyle.Link}\" href=\"{Text(unsubscribe.Url)}\">{Text(unsubscribe.Label)}</a></p>");
        return html.Append("</td></tr>\n</table>\n</td></tr></table>\n</body>\n</html>\n").ToString();
    }

    private static void Append(StringBuilder html, MailElement element)
    {
        _ = element switch
        {
            MailText text => Append(html, text),
            MailRow row => Append(html, row),
            MailBar bar => Append(html, bar),
            MailLink link => html.Append(CultureInfo.InvariantCulture,
                $"<p style=\"margin:16px 0 4px\"><a class=\"button\" style=\"{HtmlMailStyle.Button}\" href=\"{Text(link.Url)}\">{Text(link.Label)}</a></p>\n"),
            MailCard card => Append(html, card),
            _ => throw new InvalidOperationException($"No HTML for a {element.GetType().Name}."),
        };
    }

    private static StringBuilder Append(StringBuilder html, MailText text)
    {
        var language = text.Language is null ? "" : $" lang=\"{Text(text.Language)}\"";
        return html.Append(CultureInfo.InvariantCulture,
            $"<p{language}{(text.Quiet ? " class=\"quiet\"" : "")} style=\"{(text.Quiet ? HtmlMailStyle.Quiet : HtmlMailStyle.Paragraph)}\">{Text(text.Text)}</p>\n");
    }

    private static StringBuilder Append(StringBuilder html, MailRow row)
        => html.Append(CultureInfo.InvariantCulture,
            $"<p style=\"{HtmlMailStyle.Paragraph}\"><span class=\"quiet\" style=\"{HtmlMailStyle.Label}\">{Text(row.Label)}</span><br>")
            .Append(CultureInfo.InvariantCulture,
                $"<strong{(row.Urgent ? " class=\"urgent\"" : "")} style=\"{(row.Urgent ? HtmlMailStyle.Urgent : HtmlMailStyle.Value)}\">{Text(row.Value)}</strong></p>\n");

    private static StringBuilder Append(StringBuilder html, MailBar bar)
    {
        var funded = Math.Clamp(bar.Percent, 0, 100);
        var proposed = Math.Clamp(bar.AlsoProposed, 0, 100 - funded);
        html.Append("<table role=\"presentation\" aria-hidden=\"true\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" ")
            .Append(CultureInfo.InvariantCulture, $"class=\"bar\" style=\"{HtmlMailStyle.Bar}\"><tr>");
        foreach (var (width, name, style) in new[]
                 {
                     (funded, "full", HtmlMailStyle.BarFull), (proposed, "part", HtmlMailStyle.BarPart),
                     (100 - funded - proposed, "rest", HtmlMailStyle.BarRest),
                 })
            if (width > 0) html.Append(CultureInfo.InvariantCulture, $"<td width=\"{width}%\" class=\"{name}\" style=\"{style}\">&nbsp;</td>");
        return html.Append(CultureInfo.InvariantCulture, $"</tr></table>\n<p class=\"quiet\" style=\"{HtmlMailStyle.Quiet}\">{Text(bar.Caption)}</p>\n");
    }

    private static StringBuilder Append(StringBuilder html, MailCard card)
    {
        html.Append("<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" ")
            .Append(CultureInfo.InvariantCulture, $"class=\"card\" style=\"{HtmlMailStyle.Card}\"><tr><td style=\"{HtmlMailStyle.CardCell}\">\n")
            .Append(CultureInfo.InvariantCulture, $"<h3 class=\"ink\" style=\"{HtmlMailStyle.CardTitle}\">{Text(card.Title)}</h3>\n");
        if (card.Subtitle is not null)
            html.Append(CultureInfo.InvariantCulture, $"<p class=\"quiet\" style=\"{HtmlMailStyle.Subtitle}\">{Text(card.Subtitle)}</p>\n");
        foreach (var element in card.Elements) Append(html, element);
        return html.Append("</td></tr></table>\n");
    }

    private static string Text(string text) => Encoder.Encode(text);
}
