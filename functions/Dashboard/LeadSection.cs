using System.Numerics;
using FundingFlow.Functions.Http;
using FundingFlow.Sustainability.Overview;

namespace FundingFlow.Functions.Dashboard;

/// <summary>The headline: how much of what is asked for is there, and what waits for somebody.</summary>
internal static class LeadSection
{
    public static Html Of(OverviewView view) => Html.Of($"""
        <section class="card lead" aria-labelledby="lead">
        <div class="head">
        <p class="cover num" aria-hidden="true">{Figures.Percent(view.Total.Permille)}</p>
        <div class="says"><h2 id="lead">{Headline(view)}</h2><p class="soft">{Rest(view.Total)}</p></div>
        </div>
        {Bar.Of(view.Total, tall: true)}
        {Bar.Legend(view.Total.Conditional > 0)}
        <dl class="tiles">
        <div><dt>Requirement</dt><dd>{Money(view, view.Total.Required)}</dd></div>
        <div><dt>Funding</dt><dd>{Money(view, view.Total.Funded)}<small>{Money(view, view.Total.Received)} of it received</small></dd></div>
        <div><dt>Outstanding pledges</dt><dd>{Money(view, view.Total.Outstanding)}<small>not committed yet</small></dd></div>
        {Html.When(view.Total.Conditional > 0, () => Html.Of($"<div><dt>Conditional</dt><dd>{Money(view, view.Total.Conditional)}<small>confirmed, waits for its match</small></dd></div>"))}
        <div><dt>{(view.Total.Gap < 0 ? "Above requirement" : "Gap")}</dt><dd>{Money(view, BigInteger.Abs(view.Total.Gap))}</dd></div>
        <div><dt>Open alerts</dt><dd>{Figures.Number(view.Alerts.Count, 0)}{Critical(view)}</dd></div>
        <div><dt>Pledges waiting</dt><dd>{Figures.Number(view.Waiting.Select(line => line.PledgeId).Distinct().Count(), 0)}</dd></div>
        {Html.When(view.Failed > 0, () => Html.Of($"<div><dt>Failed messages</dt><dd class=\"critical\">{Figures.Number(view.Failed, 0)}<small>could not be handled: see the alerts</small></dd></div>"))}
        </dl>
        {Html.When(view.WithoutRate.Count > 0, () => Html.Of($"<p class=\"soft small\">Not in these totals, for want of an exchange rate: {string.Join(", ", view.WithoutRate)}. State one with PUT /api/rates.</p>"))}
        </section>
        """);

    private static string Headline(OverviewView view) => view.Total.Permille switch
    {
        null => "No project asks for money yet",
        >= 1000 when view.Projects.Any(project => project.Money is { Gap.Sign: > 0 }) => "As much money as is asked for is committed or there, but not where all of it is needed",
        >= 1000 => "All the money asked for is committed or there",
        _ => $"{Figures.Percent(view.Total.Permille)} of the money that projects ask for is committed or there",
    };

    private static string Rest(Funding total)
        => total.Gap > 0
            ? $"{Figures.Text(total.Gap, total.Unit)} is not funded yet; {Figures.Text(total.Outstanding, total.Unit)} is pledged and waits to be committed."
            : "Goods and hours are counted by themselves below.";

    private static Html Critical(OverviewView view)
        => view.Alerts.Count(alert => alert.Weight == AlertWeight.Critical) is var critical and > 0
            ? Html.Of($"<small class=\"critical\">{Figures.Number(critical, 0)} critical</small>")
            : Html.Empty;

    private static string Money(OverviewView view, BigInteger minor) => Figures.Text(minor, view.Total.Unit);
}
