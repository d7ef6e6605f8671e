using FundingFlow.Ledger;
using FundingFlow.Money;

namespace FundingFlow.Projects;

/// <summary>A need as it is PUT, with its own figures.</summary>
/// <param name="Known">False: item or skill is not in the catalogue, the need stands open until staff say what it is.</param>
public sealed record NeedView(
    string Id, ResourceKind Kind, string? Amount, string? Item, string? Quantity, string? Unit, string? Skill, string? Hours,
    string? MinimumViable, string Area, string City, bool? Known, FundingView Funding)
{
    /// <param name="position">Null: the books have not been told of the need yet.</param>
    public static NeedView From(Need need, Position? position)
    {
        var unit = need.Unit;
        var required = Decimals.Write(need.Required, unit.Exponent);
        return new NeedView(need.Id, unit.Kind,
            unit.IsMoney && need.Required > 0 ? required : null,
            unit.Kind == ResourceKind.InKind ? unit.Code : null, unit.Kind == ResourceKind.InKind ? required : null, unit.Kind == ResourceKind.InKind ? unit.Measure : null,
            unit.Kind == ResourceKind.Time ? unit.Code : null, unit.Kind == ResourceKind.Time ? required : null,
            need.MinimumViable is { } least ? Decimals.Write(least, unit.Exponent) : null,
            need.Area, need.City, Catalogue.Knows(unit) ? null : false,
            FundingView.From(position is null ? new Figures(need.Required, 0, 0, 0) : Figures.Of(position), unit.Exponent));
    }
}

public sealed record BudgetView(DateOnly From, DateOnly To, string Amount, string? Spent)
{
    public static BudgetView Of(BudgetPeriod period, Currency currency) => new(period.From, period.To,
        Decimals.Write(period.Amount, currency.Exponent), period.Spent is { } spent ? Decimals.Write(spent, currency.Exponent) : null);
}
