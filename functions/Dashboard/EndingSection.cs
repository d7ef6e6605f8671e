using FundingFlow.Functions.Http;
using FundingFlow.Sustainability.Overview;

namespace FundingFlow.Functions.Dashboard;

/// <summary>Which project stops when.</summary>
internal static class EndingSection
{
    private const int Shown = 10;

    public static Html Of(OverviewView view) => Html.Of($"""
        <section class="card" aria-labelledby="ending">
        <header><h2 id="ending">Stops soonest</h2><p class="soft small">the first day on which planned spending outruns what is expected</p></header>
        {(view.Ending.Count == 0 ? Html.Of($"<p class=\"empty\">No project outruns its money.</p>") : Table(view))}
        </section>
        """);

    private static Html Table(OverviewView view) => Html.Of($"""
        <table class="stack" role="table">
        <thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Project</th><th role="columnheader" scope="col">Money lasts until</th><th role="columnheader" scope="col" class="num">Days left</th></tr></thead>
        <tbody role="rowgroup">{view.Ending.Take(Shown).Select(project => Row(project, view.Today))}</tbody>
        </table>
        {Html.When(view.Ending.Count > Shown, () => Html.Of($"<p class=\"soft small\">and {Figures.Number(view.Ending.Count - Shown, 0)} more: see the projects below, ordered by when their money ends.</p>"))}
        """);

    private static Html Row(EndingProject project, DateOnly today) => Html.Of($"""
        <tr role="row">
        <th role="rowheader" scope="row">{project.Title}<small>{project.Place}</small></th>
        <td role="cell" data-label="Money lasts until">{Figures.Day(project.SecuredUntil)}</td>
        <td role="cell" class="num end" data-label="Days left"><span class="days {Tone(project.DaysLeft(today))}">{Left(project.DaysLeft(today))}</span></td>
        </tr>
        """);

    private static string Left(int days) => days == 0 ? "none" : Figures.Number(days, 0);

    private static string Tone(int days) => days switch { < 30 => "critical", < 90 => "warning", _ => "fine" };
}
