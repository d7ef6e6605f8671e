using FundingFlow.Access;
using FundingFlow.Functions.Http;
using FundingFlow.Sustainability.Overview;

namespace FundingFlow.Functions.Dashboard;

/// <param name="Time">When the figures were read, in the Forum's time zone.</param>
public sealed record PageFacts(string ForumName, Role Role, string Time, ProjectOrder Order, string Nonce);

/// <summary>What staff look at in the morning: where we stand, what stops, what to do.</summary>
public static class OverviewPage
{
    public static Html Of(OverviewView view, PageFacts facts) => Layout.Of($"Overview · {facts.ForumName}", facts.Nonce, refreshes: true, body: Html.Of($"""
        <a class="skip" href="#main">Skip to the figures</a>
        <header class="top">
        <h1>{facts.ForumName}</h1>
        <div class="who small"><span class="soft">{Figures.Day(view.Today)}, {facts.Time} · renews itself every minute</span>
        <form method="post" action="/dashboard/logout"><span class="soft">{(facts.Role == Role.Staff ? "Staff" : "Reader")}</span> <button>Sign out</button></form></div>
        </header>
        <main id="main">
        {LeadSection.Of(view)}
        <div class="pair">
        {EndingSection.Of(view)}
        {AlertsSection.Of(view)}
        </div>
        {GapsSections.ByArea(view)}
        {GapsSections.ByProject(view, facts.Order)}
        {WaitingSection.Of(view)}
        </main>
        """));
}
