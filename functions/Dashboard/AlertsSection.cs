using FundingFlow.Functions.Http;
using FundingFlow.Sustainability.Overview;

namespace FundingFlow.Functions.Dashboard;

/// <summary>What is wrong, by how much, and what to do about it.</summary>
internal static class AlertsSection
{
    /// <summary>The rest is folded away: a page that only alarms is not read.</summary>
    private const int Shown = 6;

    public static Html Of(OverviewView view) => Html.Of($"""
        <section class="card" aria-labelledby="alerts">
        <header><h2 id="alerts">Open alerts</h2><p class="soft small">the most severe first</p></header>
        {(view.Alerts.Count == 0 ? Html.Of($"<p class=\"empty\">Nothing is out of bounds.</p>") : List(view))}
        </section>
        """);

    private static Html List(OverviewView view) => Html.Of($"""
        <ul class="alerts">{view.Alerts.Take(Shown).Select(Item)}</ul>
        {Html.When(view.Alerts.Count > Shown, () => Html.Of($"<details><summary>{Figures.Number(view.Alerts.Count - Shown, 0)} more</summary><ul class=\"alerts\">{view.Alerts.Skip(Shown).Select(Item)}</ul></details>"))}
        """);

    private static Html Item(OpenAlert alert) => Html.Of($"""
        <li>
        <p class="what"><span class="tag {alert.Weight.ToString().ToLowerInvariant()}">{Word(alert.Weight)}</span> <b>{alert.Subject}</b> <span class="soft small">{alert.Kind}, since {Figures.Day(alert.OpenedOn)}{(alert.Acknowledged ? ", acknowledged" : "")}</span></p>
        <p>{Figures.Readable(alert.Advice)}</p>
        <dl class="figures">{alert.Figures.Select(figure => Html.Of($"<div><dt>{figure.Name}</dt><dd>{Figures.Readable(figure.Value)}</dd></div>"))}</dl>
        </li>
        """);

    private static string Word(AlertWeight weight) => weight switch
    {
        AlertWeight.Critical => "▲ Critical",
        AlertWeight.Warning => "◆ Warning",
        _ => "● Watch",
    };
}
