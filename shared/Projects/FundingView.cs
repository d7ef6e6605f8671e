using System.Text.Json.Serialization;
using FundingFlow.Ledger;
using FundingFlow.Money;

namespace FundingFlow.Projects;

/// <summary>Figures as the API gives them: decimal strings. Coverage is null where nothing is required.</summary>
public record FundingView(
    string Requirement, string Pledged, string Conditional, string Committed, string Received,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Coverage, string Gap)
{
    public static FundingView From(Figures figures, int exponent) => new(
        Figures.Text(figures.Requirement, exponent), Figures.Text(figures.Pledged, exponent), Figures.Text(figures.Conditional, exponent),
        Figures.Text(figures.Committed, exponent), Figures.Text(figures.Received, exponent), figures.Coverage, Figures.Text(figures.Gap, exponent));
}

/// <summary>Figures and what they are counted in: currency, or item and unit, or skill and hours.</summary>
public sealed record UnitFundingView(
    ResourceKind Kind, string? Currency, string? Item, string? Skill, string? Unit,
    string Requirement, string Pledged, string Conditional, string Committed, string Received,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Coverage, string Gap)
{
    public static UnitFundingView From(Unit unit, Figures figures)
    {
        var text = FundingView.From(figures, unit.Exponent);
        return new UnitFundingView(unit.Kind,
            unit.IsMoney ? unit.Code : null, unit.Kind == ResourceKind.InKind ? unit.Code : null, unit.Kind == ResourceKind.Time ? unit.Code : null,
            unit.IsMoney ? null : unit.Measure,
            text.Requirement, text.Pledged, text.Conditional, text.Committed, text.Received, text.Coverage, text.Gap);
    }
}

/// <summary>A project's funding: its money at the top, then every unit that it asks for or has got.</summary>
public sealed record ProjectFundingView(
    string Currency, string Requirement, string Pledged, string Conditional, string Committed, string Received,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Coverage, string Gap, IReadOnlyList<UnitFundingView> ByUnit)
{
    public static ProjectFundingView From(Project project, IReadOnlyList<Position> positions)
    {
        var currency = Unit.Of(Money.Currency.Of(project.Currency));
        var money = FundingView.From(Figures.Sum(positions.Where(position => position.Unit == currency).Select(Figures.Of)), currency.Exponent);
        var byUnit = positions.GroupBy(position => position.Unit).OrderBy(group => group.Key.Kind).ThenBy(group => group.Key.Code, StringComparer.Ordinal)
            .Select(group => UnitFundingView.From(group.Key, Figures.Sum(group.Select(Figures.Of))));
        return new ProjectFundingView(project.Currency, money.Requirement, money.Pledged, money.Conditional, money.Committed, money.Received, money.Coverage, money.Gap, [.. byUnit]);
    }
}
