using FundingFlow.Functions.Http;

namespace FundingFlow.Functions.Dashboard;

/// <summary>The frame of the staff pages: head, style, patterns for the bars.</summary>
internal static class Layout
{
    public static Html Of(string title, string nonce, Html body, bool refreshes) => Html.Of($$"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="robots" content="noindex">
        {{Html.When(refreshes, () => Html.Of($"<meta http-equiv=\"refresh\" content=\"60\">"))}}
        <title>{{title}}</title>
        <link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath fill='%230d5c54' d='M1 9h4v6H1zM6 5h4v10H6zM11 1h4v14h-4z'/%3E%3C/svg%3E">
        <style nonce="{{nonce}}">
        :root {
          --paper: #f4f2ec; --card: #fffefb; --ink: #1b2530; --soft: #505b67; --line: #dcd6ca; --link: #0b5a52;
          --received: #0d5c54; --committed: #3a8f83; --conditional: #3a8f83; --outstanding: #b9771b; --track: #e9e4d9;
          --critical: #a11d1a; --warning: #7d4a00; --watch: #2a5580; --fine: #0b5a52; --focus: #1a4fd6;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --paper: #11171d; --card: #19212a; --ink: #ece9e2; --soft: #a9b3bd; --line: #303b46; --link: #7fd6c7;
            --received: #6fd3c2; --committed: #36897d; --conditional: #6fd3c2; --outstanding: #d99a3d; --track: #2a343e;
            --critical: #ff9c93; --warning: #f0b860; --watch: #8fc1f0; --fine: #7fd6c7; --focus: #9db9ff;
          }
        }
        * { box-sizing: border-box; }
        html { background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
        body { margin: 0 auto; max-width: 92rem; padding: 0 clamp(1rem, 3vw, 3rem) 3rem; }
        h1, h2, h3, p, ul, ol, dl, dd { margin: 0; padding: 0; }
        h1 { font-size: 1.35rem; line-height: 1.25; }
        h2 { font-size: 1.15rem; line-height: 1.3; text-wrap: balance; }
        h3 { font-size: 1rem; line-height: 1.35; }
        a { color: var(--link); text-underline-offset: .2em; }
        :focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
        .num { font-variant-numeric: tabular-nums; white-space: nowrap; }
        .soft { color: var(--soft); }
        .small { font-size: .875rem; }
        .skip { position: absolute; left: -999rem; }
        .skip:focus { left: 1rem; top: 1rem; background: var(--card); padding: .5rem 1rem; z-index: 1; }
        .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
        .top { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: baseline; justify-content: space-between; padding: 1.25rem 0; }
        .top form { margin: 0; }
        .who { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; align-items: baseline; }
        button { font: inherit; color: var(--ink); background: var(--card); border: 1px solid var(--soft); border-radius: .4rem; padding: .3rem .9rem; cursor: pointer; }
        button:hover { border-color: var(--ink); }
        .card { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: clamp(1rem, 2vw, 1.5rem); min-width: 0; }
        .card > header { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: baseline; justify-content: space-between; margin-bottom: .9rem; }
        main { display: grid; gap: clamp(1rem, 1.6vw, 1.5rem); }
        .pair { display: grid; gap: inherit; grid-template-columns: minmax(0, 1fr); align-items: start; }
        @media (min-width: 64rem) { .pair { grid-template-columns: minmax(0, 5fr) minmax(0, 6fr); } }

        .lead { display: grid; gap: 1rem; }
        .lead .cover { font-size: clamp(2.4rem, 6vw, 3.5rem); line-height: 1; font-weight: 650; letter-spacing: -.02em; }
        .lead .says { max-width: 44rem; font-size: 1.05rem; }
        .lead .head { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: end; }
        .tiles { display: grid; gap: 1rem 1.5rem; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); border-top: 1px solid var(--line); padding-top: 1rem; }
        .tiles dt { color: var(--soft); font-size: .875rem; }
        .tiles dd { font-size: 1.2rem; font-weight: 600; font-variant-numeric: tabular-nums; }
        .tiles dd small { display: block; font-size: .8125rem; font-weight: 400; color: var(--soft); }

        .bar { display: block; width: 100%; height: .7rem; border-radius: .35rem; background: var(--track); overflow: hidden; }
        .bar.tall { height: 1.5rem; border-radius: .5rem; }
        .bar .received { fill: var(--received); } .bar .committed { fill: var(--committed); }
        .bar .conditional { fill: url(#cross); } .bar .outstanding { fill: url(#hatch); }
        .hatch rect, .cross rect { fill: var(--track); } .hatch path { stroke: var(--outstanding); stroke-width: 4; } .cross path { stroke: var(--conditional); stroke-width: 2.5; }
        .key { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; font-size: .875rem; list-style: none; }
        .key svg { width: 1.1rem; height: .7rem; border-radius: .2rem; margin-right: .4rem; background: var(--track); }
        .key .received { fill: var(--received); } .key .committed { fill: var(--committed); } .key .conditional { fill: url(#cross); } .key .outstanding { fill: url(#hatch); } .key .none { fill: var(--track); stroke: var(--soft); }

        table { width: 100%; border-collapse: collapse; }
        th, td { text-align: left; vertical-align: top; padding: .6rem .9rem .6rem 0; border-top: 1px solid var(--line); }
        th:last-child, td:last-child { padding-right: 0; }
        thead th { border-top: 0; padding-top: 0; color: var(--soft); font-size: .875rem; font-weight: 500; vertical-align: bottom; }
        tbody th { font-weight: 600; }
        tbody th, .units, .free { min-width: 9rem; overflow-wrap: anywhere; }
        tbody th small, td small { display: block; font-weight: 400; color: var(--soft); font-size: .8125rem; }
        td.num, th.num { text-align: right; font-variant-numeric: tabular-nums; }
        .wide { min-width: 10rem; }
        .units { list-style: none; font-size: .875rem; color: var(--soft); }
        .units b { color: var(--ink); font-weight: 500; font-variant-numeric: tabular-nums; }
        thead a { color: inherit; } thead [aria-sort] a { color: var(--ink); font-weight: 600; }

        .days { font-weight: 650; }
        .critical { color: var(--critical); } .warning { color: var(--warning); } .watch { color: var(--watch); } .fine { color: var(--fine); }
        .tag { font-size: .8125rem; font-weight: 650; white-space: nowrap; border: 1px solid currentColor; border-radius: 1rem; padding: .05rem .6rem; }
        .alerts { list-style: none; display: grid; gap: 0; }
        .alerts li { display: grid; gap: .15rem; padding: .8rem 0; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
        .alerts li:first-child { border-top: 0; padding-top: 0; }
        details { border-top: 1px solid var(--line); padding-top: .8rem; } details .alerts { margin-top: .8rem; }
        summary { cursor: pointer; color: var(--link); }
        .alerts .what { display: flex; flex-wrap: wrap; gap: .25rem .6rem; align-items: center; }
        .figures { display: flex; flex-wrap: wrap; gap: 0 1.1rem; font-size: .8125rem; color: var(--soft); }
        .figures div { display: flex; gap: .35rem; } .figures dd { font-variant-numeric: tabular-nums; color: var(--ink); }
        .empty { color: var(--soft); }
        .bad { border-color: var(--critical); }
        .login { max-width: 26rem; margin: clamp(2rem, 12vh, 8rem) auto 0; }
        .login form { display: grid; gap: .6rem; margin-top: 1rem; }
        .login input { font: inherit; width: 100%; padding: .55rem .7rem; color: var(--ink); background: var(--paper); border: 1px solid var(--soft); border-radius: .4rem; }
        .login button { justify-self: start; background: var(--received); border-color: var(--received); color: var(--card); font-weight: 600; padding: .5rem 1.3rem; }

        @media (max-width: 46rem) {
          .stack thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
          .stack, .stack tbody { display: block; }
          .stack tr { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: .2rem 1rem; padding: .8rem 0; border-top: 1px solid var(--line); }
          .stack tbody tr:first-child { border-top: 0; padding-top: 0; }
          .stack th, .stack td { border: 0; padding: 0; min-width: 0; }
          .units { min-width: 0; }
          .stack tr { grid-auto-flow: dense; }
          .stack th, .stack .across { grid-column: 1 / -1; }
          .stack .void { display: none; }
          .stack td[data-label]::before { content: attr(data-label); display: block; font-size: .8125rem; color: var(--soft); }
          .stack td.num { text-align: left; }
          .stack td.end { text-align: right; }
        }
        .orders { display: none; font-size: .875rem; }
        @media (max-width: 46rem) { .orders { display: flex; flex-wrap: wrap; gap: 0 .9rem; } }
        @media (max-width: 30rem) {
          .tiles { gap: .5rem; }
          .tiles > div { display: flex; justify-content: space-between; align-items: baseline; gap: 1rem; }
          .tiles dd { text-align: right; font-size: 1.05rem; }
        }
        @media print {
          @page { margin: 14mm; }
          :root { --paper: #fff; --card: #fff; --ink: #000; --soft: #444; --line: #bbb; --link: #000; --received: #0d5c54; --committed: #3a8f83; --conditional: #3a8f83;
            --outstanding: #b9771b; --track: #eee; --critical: #a11d1a; --warning: #7d4a00; --watch: #2a5580; --fine: #000; }
          html { font-size: 11px; }
          body { padding: 0; max-width: none; }
          main { display: block; }
          .card { border: 0; border-top: 1px solid #000; border-radius: 0; padding: .8rem 0 1.6rem; }
          .top form, .skip, .orders { display: none; }
          .bar, .key svg { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
          tr, .alerts li { break-inside: avoid; }
          h2 { break-after: avoid; }
        }
        </style>
        </head>
        <body>
        <svg class="unseen" aria-hidden="true" focusable="false"><defs><pattern id="hatch" class="hatch" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="8" height="8"/><path d="M2 0v8"/></pattern><pattern id="cross" class="cross" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)"><rect width="6" height="6"/><path d="M1.5 0v6"/></pattern></defs></svg>
        {{body}}
        </body>
        </html>
        """);
}
