using System.Numerics;
using FundingFlow.Functions.Http;
using FundingFlow.Sustainability.Overview;

namespace FundingFlow.Functions.Dashboard;

/// <summary>What is lacking, by area and by project.</summary>
internal static class GapsSections
{
    private const int Shown = 100;

    private static readonly (ProjectOrder Order, string Column)[] Sortable =
        [(ProjectOrder.Name, "Project"), (ProjectOrder.Coverage, "Coverage"), (ProjectOrder.Gap, "Gap in money"), (ProjectOrder.Ends, "Lasts until")];

    public static Html ByArea(OverviewView view) => Html.Of($"""
        <section class="card" aria-labelledby="areas">
        <header><h2 id="areas">Gaps by area</h2>{Bar.Legend(view.Total.Conditional > 0)}</header>
        <table class="stack" role="table">
        <thead role="rowgroup"><tr role="row">{Head("Area")}{Head("Coverage")}{Head("Requirement", "num")}{Head("Funding", "num")}{Head("Gap in money", "num")}{Head("Lacking, per unit (covered so far)")}</tr></thead>
        <tbody role="rowgroup">{view.Areas.Select(area => Row(area, withEnd: false))}</tbody>
        </table>
        </section>
        """);

    public static Html ByProject(OverviewView view, PageFacts facts) => Html.Of($"""
        <section class="card" aria-labelledby="projects">
        <header><h2 id="projects">Gaps by project</h2><p class="orders"><span>Order by</span> {Sortable.Select(s => OrderLink(s.Order, s.Column, facts))}</p></header>
        {(view.Projects.Count == 0 ? Html.Of($"<p class=\"empty\">No projects yet: PUT one to /api/projects.</p>") : ProjectTable(view, facts))}
        </section>
        """);

    private static Html ProjectTable(OverviewView view, PageFacts facts) => Html.Of($"""
        <table class="stack" role="table">
        <thead role="rowgroup"><tr role="row">{SortHead(ProjectOrder.Name, facts)}{SortHead(ProjectOrder.Coverage, facts)}{Head("Requirement", "num")}{Head("Funding", "num")}{SortHead(ProjectOrder.Gap, facts, "num")}{Head("Lacking, per unit (covered so far)")}{SortHead(ProjectOrder.Ends, facts)}</tr></thead>
        <tbody role="rowgroup">{ProjectOrders.Sort(view.Projects, facts.Order).Take(Shown).Select(project => Row(project, withEnd: true))}</tbody>
        </table>
        {Html.When(view.Projects.Count > Shown, () => Html.Of($"<p class=\"soft small\">and {Figures.Number(view.Projects.Count - Shown, 0)} more: GET /api/gaps?by=project</p>"))}
        """);

    private static Html Row(GapOf gap, bool withEnd) => Html.Of($"""
        <tr role="row">
        <th role="rowheader" scope="row">{gap.Name}{Html.When(gap.Place.Length > 0, () => Html.Of($"<small>{gap.Place}</small>"))}</th>
        <td role="cell" class="wide across">{Coverage(gap)}</td>
        <td role="cell" class="num" data-label="Requirement">{Money(gap.Money, money => money.Required)}</td>
        <td role="cell" class="num end" data-label="Funding">{Money(gap.Money, money => money.Funded)}</td>
        <td role="cell" class="num" data-label="Gap in money">{(gap.Money is { Gap.Sign: < 0 } ? Html.Of($"<span class=\"fine\">{Money(gap.Money, money => -money.Gap)} above</span>") : Html.Of($"<b>{Money(gap.Money, money => money.Gap)}</b>"))}</td>
        {(withEnd ? Html.Of($"<td role=\"cell\" class=\"{UnitsClass(gap)}\" data-label=\"Lacking, per unit (covered so far)\">{Units(gap)}</td><td role=\"cell\" class=\"end num\" data-label=\"Lasts until\">{(gap.SecuredUntil is { } until ? Figures.Day(until) : Html.Of($"–"))}</td>")
            : Html.Of($"<td role=\"cell\" class=\"{UnitsClass(gap)}\" data-label=\"Lacking, per unit (covered so far)\">{Units(gap)}</td>"))}
        </tr>
        """);

    private static Html Coverage(GapOf gap) => gap.Money is { } money
        ? Html.Of($"{Bar.Of(money)}<small>{Covered(money)}</small>")
        : Html.Of($"<span class=\"soft small\">{(gap.Units.Any(unit => unit.Unit.IsMoney) ? "no exchange rate" : "no money asked for")}</span>");

    private static string Covered(Funding money) => money.Permille is null ? "no requirement stated" : $"{Figures.Percent(money.Permille)} covered";

    private static string Money(Funding? money, Func<Funding, BigInteger> figure) => money is null ? "–" : Figures.Text(figure(money), money.Unit);

    private static Html Units(GapOf gap)
    {
        var lacking = gap.Units.Where(unit => unit.Gap.Sign > 0).ToList();
        return lacking.Count == 0
            ? Html.Of($"<span class=\"soft small\">{(gap.Units.Count == 0 ? "nothing asked for" : "nothing")}</span>")
            : Html.Of($"<ul class=\"units\">{lacking.Select(unit => Html.Of($"<li><b>{Figures.Text(unit.Gap, unit.Unit)}</b> ({Figures.Percent(unit.Permille)})</li>"))}</ul>");
    }

    /// <summary>On a phone a cell that says nothing is left out.</summary>
    private static string UnitsClass(GapOf gap) => gap.Units.Any(unit => unit.Gap.Sign > 0) ? "across" : "void";

    private static Html Head(string text, string css = "") => Html.Of($"<th role=\"columnheader\" scope=\"col\" class=\"{css}\">{text}</th>");

    private static Html SortHead(ProjectOrder order, PageFacts facts, string css = "")
    {
        var column = Sortable.First(sortable => sortable.Order == order).Column;
        var descending = order == ProjectOrder.Gap;
        return order == facts.Order
            ? Html.Of($"<th role=\"columnheader\" scope=\"col\" class=\"{css}\" aria-sort=\"{(descending ? "descending" : "ascending")}\"><a href=\"{Link(order, facts)}\">{column}</a> <span aria-hidden=\"true\">{(descending ? "↓" : "↑")}</span></th>")
            : Html.Of($"<th role=\"columnheader\" scope=\"col\" class=\"{css}\"><a href=\"{Link(order, facts)}\">{column}</a></th>");
    }

    private static Html OrderLink(ProjectOrder order, string column, PageFacts facts) => order == facts.Order
        ? Html.Of($"<b>{column}</b> ")
        : Html.Of($"<a href=\"{Link(order, facts)}\">{column}</a> ");

    private static string Link(ProjectOrder order, PageFacts facts) => (facts with { Order = order }).Query + "#projects";
}
