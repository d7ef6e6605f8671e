using FundingFlow.Functions.Http;
using FundingFlow.Ledger;
using FundingFlow.Projects;
using FundingFlow.Sustainability.Overview;

namespace FundingFlow.Functions.Dashboard;

/// <summary>What has been pledged and lies at no project.</summary>
internal static class WaitingSection
{
    private const int Shown = 50;

    public static Html Of(OverviewView view) => Html.Of($"""
        <section class="card" aria-labelledby="waiting">
        <header><h2 id="waiting">Pledges waiting</h2><p class="soft small">what no project could take yet; the longest waiting first</p></header>
        {(view.Waiting.Count == 0 ? Html.Of($"<p class=\"empty\">Everything pledged has found a project.</p>") : Table(view))}
        </section>
        """);

    private static Html Table(OverviewView view) => Html.Of($"""
        <table class="stack" role="table">
        <thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Partner</th><th role="columnheader" scope="col">Area</th><th role="columnheader" scope="col">Waiting</th><th role="columnheader" scope="col">Since</th><th role="columnheader" scope="col">Why</th></tr></thead>
        <tbody role="rowgroup">{view.Waiting.Take(Shown).Select(line => Row(line, view.Today))}</tbody>
        </table>
        {Html.When(view.Waiting.Count > Shown, () => Html.Of($"<p class=\"soft small\">and {Figures.Number(view.Waiting.Count - Shown, 0)} more: GET /api/pledges?status=open</p>"))}
        """);

    private static Html Row(WaitingLine line, DateOnly today) => Html.Of($"""
        <tr role="row">
        <th role="rowheader" scope="row">{line.Partner}<small>{line.PledgeId}</small></th>
        <td role="cell" data-label="Area">{(line.Area is null ? "any" : Areas.NameOf(line.Area))}</td>
        <td role="cell" class="end free" data-label="Waiting"><b>{Figures.Text(line.Amount)}</b></td>
        <td role="cell" class="across" data-label="Since">{Figures.Day(line.Since)}<small>{Age(line.Since, today)}</small></td>
        <td role="cell" class="across free" data-label="Why">{Why(line)}</td>
        </tr>
        """);

    private static string Age(DateOnly since, DateOnly today) => (today.DayNumber - since.DayNumber) switch
    {
        <= 0 => "today",
        1 => "yesterday",
        var days => $"{days} days",
    };

    private static string Why(WaitingLine line) => line.Why switch
    {
        null => "is being placed",
        Standing.NoNeed when !Catalogue.Knows(line.Amount.Unit) => $"no project asks for “{line.Amount.Unit.Code}”, which the catalogue does not know",
        Standing.NoNeed => "no project needs this now",
        Standing.NoRate => $"no exchange rate for {line.Amount.Unit.Code}: state one with PUT /api/rates",
        Standing.Held => "held back until staff release it",
        Standing.Expired => "its last day has passed",
        Standing.Excluded => "only projects that the partner excludes need this now",
        Standing.Dates => "only projects that have ended, or do not run meanwhile, need this",
        Standing.ShareCap => "the partner fills as much of each project as one partner may",
        Standing.SmallestPart => "no need takes as much as the smallest part that the partner allows",
        Standing.AboveOwed => "was received above what was owed",
        Standing.ReceivedAfterWithdrawal => "came after the pledge was withdrawn or had expired: agree with the partner, then reverse the receipt or have it pledged again",
        var code => code.Replace('-', ' '),
    };
}
