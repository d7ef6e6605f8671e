using FundingFlow.Access;
using FundingFlow.Functions.Http;
using FundingFlow.Sustainability.Overview;

namespace FundingFlow.Functions.Dashboard;

/// <param name="Time">When the figures were read, in the Forum's time zone.</param>
/// <param name="Renews">
/// The page loads itself again every minute, for a screen on a wall. Only who asks for it gets it: a page that changes
/// under somebody who listens to it, or reads slowly, is of no use to them.
/// </param>
public sealed record PageFacts(string ForumName, Role Role, string Time, ProjectOrder Order, bool Renews, string Nonce)
{
    /// <summary>The address of this page with these choices.</summary>
    public string Query => $"?sort={ProjectOrders.Slug(Order)}{(Renews ? "&renew=1" : "")}";
}

/// <summary>What staff look at in the morning: where we stand, what stops, what to do.</summary>
public static class OverviewPage
{
    public static Html Of(OverviewView view, PageFacts facts) => Layout.Of($"Overview · {facts.ForumName}", facts.Nonce, refreshes: facts.Renews, body: Html.Of($"""
        <a class="skip" href="#main">Skip to the figures</a>
        <header class="top">
        <h1>{facts.ForumName}</h1>
        <div class="who small"><span class="soft">{Figures.Day(view.Today)}, {facts.Time}</span>
        <a href="{(facts with { Renews = !facts.Renews }).Query}">{(facts.Renews ? "Stop renewing" : "Renew every minute")}</a>
        <span class="soft">{(facts.Role == Role.Staff ? "Staff" : "Reader")}</span>
        <form method="post" action="/dashboard/logout"><button>Sign out</button></form></div>
        </header>
        <main id="main">
        {LeadSection.Of(view)}
        <div class="pair">
        {EndingSection.Of(view)}
        {AlertsSection.Of(view)}
        </div>
        {GapsSections.ByArea(view)}
        {GapsSections.ByProject(view, facts)}
        {WaitingSection.Of(view)}
        </main>
        """));
}
