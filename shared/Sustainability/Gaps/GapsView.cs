using System.Text.Json.Serialization;
using FundingFlow.Money;
using FundingFlow.Projects;

namespace FundingFlow.Sustainability.Gaps;

/// <summary>A row as the API gives it: figures as decimal strings, counted in <c>currency</c>, or in <c>unit</c> of <c>item</c> or <c>skill</c>.</summary>
public sealed record GapRowView(
    string Key, string Name, ResourceKind Kind, string? Currency, string? Item, string? Skill, string? Unit,
    string Requirement, string Pledged, string Conditional, string Committed, string Received,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Coverage, string Gap, string BelowMinimum)
{
    public static GapRowView From(GapRow row, string name)
    {
        var unit = row.Unit;
        var text = FundingView.From(row.Figures.Figures, unit.Exponent);
        return new GapRowView(row.Key, name, unit.Kind,
            unit.IsMoney ? unit.Code : null, unit.Kind == ResourceKind.InKind ? unit.Code : null, unit.Kind == ResourceKind.Time ? unit.Code : null,
            unit.IsMoney ? null : unit.Measure,
            text.Requirement, text.Pledged, text.Conditional, text.Committed, text.Received, text.Coverage, text.Gap,
            Figures.Text(row.Figures.BelowMinimum, unit.Exponent));
    }
}

/// <summary>Money of a key, or of all, in the reporting currency.</summary>
/// <param name="Key">Null: of all.</param>
public sealed record GapTotalView(
    string? Key, string? Name, string Currency, string Requirement, string Pledged, string Conditional, string Committed, string Received,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Coverage, string Gap, string BelowMinimum)
{
    public static GapTotalView From(string? key, string? name, GapFigures figures, Currency reporting)
    {
        var text = FundingView.From(figures.Figures, reporting.Exponent);
        return new GapTotalView(key, name, reporting.Code, text.Requirement, text.Pledged, text.Conditional, text.Committed, text.Received, text.Coverage, text.Gap,
            Figures.Text(figures.BelowMinimum, reporting.Exponent));
    }
}

public sealed record GapsView(
    GapKey By, DateOnly AsOf, IReadOnlyList<GapRowView> Rows, IReadOnlyList<GapTotalView> TotalsByKey, GapTotalView Totals, IReadOnlyList<string> WithoutRate)
{
    public static GapsView From(GapKey by, DateOnly asOf, GapReport report, string reporting, Func<string, string> nameOf)
    {
        var currency = Currency.Of(reporting);
        return new GapsView(by, asOf,
            [.. report.Rows.Select(row => GapRowView.From(row, nameOf(row.Key)))],
            [.. report.TotalsByKey.Select(total => GapTotalView.From(total.Key, nameOf(total.Key), total.Figures, currency))],
            GapTotalView.From(null, null, report.Totals, currency), report.WithoutRate);
    }
}
