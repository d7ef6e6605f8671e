using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace FundingFlow.Digests;

/// <summary>The pages behind the link in a digest; they name nobody.</summary>
public static class UnsubscribePage
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private sealed record Words(string Title, string Ask, string Button, string Done, string DoneText, string Broken, string BrokenText);

    public static string Ask(Language language, string forum, string token)
    {
        var words = WordsOf(language);
        var form = $"""
            <form method="post" action="/unsubscribe?token={Uri.EscapeDataString(token)}">
            <input type="hidden" name="List-Unsubscribe" value="One-Click">
            <button type="submit">{Text(words.Button)}</button>
            </form>
            """;
        return Page(language, forum, words.Title, words.Ask, form);
    }

    public static string Done(Language language, string forum) => Page(language, forum, WordsOf(language).Done, WordsOf(language).DoneText, "");

    public static string Broken(Language language, string forum) => Page(language, forum, WordsOf(language).Broken, WordsOf(language).BrokenText, "");

    private static string Page(Language language, string forum, string title, string text, string more) => string.Create(CultureInfo.InvariantCulture, $$"""
        <!doctype html>
        <html lang="{{language.Tag}}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex">
        <meta name="color-scheme" content="light dark">
        <title>{{Text(title)}} · {{Text(forum)}}</title>
        <style>
        body { margin: 0; font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif; background: #eef2f3; color: #1c2b33; }
        main { max-width: 32rem; margin: 10vh auto 0; padding: 2rem 1.5rem; background: #fff; border-radius: 12px; }
        p.forum { margin: 0; font-size: .875rem; color: #4d5f68; }
        h1 { margin: 0 0 .75rem; font-size: 1.5rem; line-height: 1.25; color: #0b4f5c; }
        button { font: inherit; font-weight: 600; padding: .75rem 1.25rem; border: 0; border-radius: 8px; background: #0b4f5c; color: #fff; cursor: pointer; }
        button:focus-visible { outline: 3px solid #e08a00; outline-offset: 2px; }
        @media (prefers-color-scheme: dark) {
        body { background: #0f171b; color: #e8eff1; } main { background: #18242a; } h1 { color: #8fd6e2; } p.forum { color: #b4c4ca; }
        button { background: #8fd6e2; color: #0f171b; }
        }
        </style>
        </head>
        <body>
        <main>
        <p class="forum">{{Text(forum)}}</p>
        <h1>{{Text(title)}}</h1>
        <p>{{Text(text)}}</p>
        {{more}}
        </main>
        </body>
        </html>

        """);

    private static string Text(string text) => Encoder.Encode(text);

    private static Words WordsOf(Language language) => language.Pick(
        new Words(
            "End these mails?", "You will get no more digests of your organisation’s pledges. Your pledges stay as they are.", "Unsubscribe",
            "Done: no more digests", "You are unsubscribed. Your organisation’s pledges stay as they are.",
            "This link no longer works", "It may have expired, or been cut off on its way. Use the link of a newer mail, or answer it: we will gladly unsubscribe you."),
        new Words(
            "Non ricevere più questi messaggi?", "Non riceverete altri riepiloghi degli impegni della vostra organizzazione. Gli impegni restano come sono.", "Annulla l’iscrizione",
            "Fatto: nessun altro riepilogo", "L’iscrizione è annullata. Gli impegni della vostra organizzazione restano come sono.",
            "Questo link non è più valido", "Potrebbe essere scaduto, o essere stato troncato. Usate il link di un messaggio più recente, o rispondete: annulleremo volentieri la vostra iscrizione."),
        new Words(
            "Ne plus recevoir ces messages\u00a0?", "Vous ne recevrez plus de récapitulatifs des promesses de votre organisation. Les promesses restent ce qu’elles sont.", "Se désabonner",
            "C’est fait\u00a0: plus de récapitulatifs", "Vous êtes désabonné. Les promesses de votre organisation restent ce qu’elles sont.",
            "Ce lien ne fonctionne plus", "Il a peut-être expiré, ou a été coupé en chemin. Utilisez le lien d’un message plus récent, ou répondez-y\u00a0: nous vous désabonnerons volontiers."));
}
