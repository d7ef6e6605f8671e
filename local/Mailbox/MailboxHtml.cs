using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace FundingFlow.Local.Mailbox;

/// <summary>The frame of the mailbox's pages, and the encoder that everything from a mail goes through.</summary>
internal static class MailboxHtml
{
    private const string Style = """
        :root{color-scheme:light dark;--line:#d5dbe1;--soft:#5b6670;--card:#fff;--back:#f4f6f8;--ink:#182026;--link:#0a5ca8}
        @media(prefers-color-scheme:dark){:root{--line:#39424b;--soft:#a3afba;--card:#1d2329;--back:#14181c;--ink:#e8edf2;--link:#7db8f0}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--back);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
        header,main{max-width:60rem;margin:0 auto;padding:1rem}
        h1{font-size:1.5rem;margin:.5rem 0;overflow-wrap:anywhere}h2{font-size:1.1rem;margin:1.5rem 0 .5rem}
        a{color:var(--link)}a:focus-visible,summary:focus-visible{outline:3px solid var(--link);outline-offset:2px}
        nav a{margin-right:1rem}.soft{color:var(--soft)}
        ul.mails{list-style:none;margin:0;padding:0;border:1px solid var(--line);border-radius:.5rem;background:var(--card);overflow:hidden}
        ul.mails li+li{border-top:1px solid var(--line)}
        ul.mails a{display:grid;grid-template-columns:1fr auto;gap:0 1rem;padding:.75rem 1rem;color:inherit;text-decoration:none}
        ul.mails a:hover{background:var(--back)}
        .subject{font-weight:600;overflow-wrap:anywhere}.people{grid-column:1/-1;color:var(--soft);overflow-wrap:anywhere}
        time{color:var(--soft);white-space:nowrap}
        dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem;margin:0}dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
        iframe{width:100%;height:75vh;border:1px solid var(--line);border-radius:.5rem;background:#fff}
        pre{white-space:pre-wrap;overflow-wrap:anywhere;background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:1rem}
        @media(max-width:36rem){ul.mails a{grid-template-columns:1fr}dl{grid-template-columns:1fr}dd{margin-bottom:.5rem}}
        """;

    // Letters of any script stay readable in the source; what HTML gives a meaning to is always encoded.
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static string Encode(string? text) => Encoder.Encode(text ?? "");

    /// <param name="title">Plain text.</param>
    /// <param name="body">HTML.</param>
    public static string Page(string title, string body) => $"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{Encode(title)} · FundingFlow mailbox</title>
        <style>{Style}</style>
        </head>
        <body>
        <header><nav aria-label="Site"><a href="/mailbox">Mailbox</a><a href="/dashboard">Dashboard</a></nav></header>
        <main>
        <h1 dir="auto">{Encode(title)}</h1>
        {body}
        </main>
        </body>
        </html>
        """;
}
