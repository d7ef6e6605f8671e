using FundingFlow.Ledger;
using FundingFlow.Money;
using FundingFlow.Partners;
using FundingFlow.Pledges.Commands;

namespace FundingFlow.Pledges;

/// <summary>A pledge as the API answers it. Of amount, quantity and hours only the one that fits the resource is there.</summary>
public sealed record PledgeView(
    string Id, string PartnerId, PledgeStatus Status, ResourceView Resource, IReadOnlyList<AreaShareView> Areas, EarmarkView? Earmark,
    string Unallocated, string InTransit, string Withdrawn, string WrittenOff, string Proposed, string Conditional, string Committed, string Received,
    IReadOnlyList<LineView> Lines, IReadOnlyList<AllocationView> Allocations, IReadOnlyList<InstalmentView> Instalments,
    IReadOnlyList<ConditionView>? Conditions, DateOnly? ValidUntil, Visibility Visibility, string? Reference, DateTimeOffset SubmittedAt, RateView? Rate, StatedView? Stated, string? Failure,
    IReadOnlyList<HistoryView>? History)
{
    /// <summary>No part is smaller; null: parts of any size.</summary>
    public string? SmallestPart { get; init; }

    /// <summary>Oldest first; not in lists.</summary>
    public IReadOnlyList<ReceiptView>? Receipts { get; init; }
}

public sealed record ResourceView(
    ResourceKind Kind, string? Amount, string? Currency, string? Item, string? Quantity, string? Unit, string? EstimatedValue, string? EstimatedCurrency,
    string? Skill, string? Hours, int? People, DateOnly? From, DateOnly? To);

public sealed record AreaShareView(string Area, string? Share);

/// <param name="UpTo">The most that is firm at one project, in the pledge's currency.</param>
public sealed record ConditionView(string Type, Sector Sector, string Ratio, string? UpTo);
public sealed record EarmarkView(IReadOnlyList<string> Projects, IReadOnlyList<string> Cities, IReadOnlyList<string> Countries);
public sealed record LineView(string Area, string? Amount, string? Currency, string? Quantity, string? Unit, string? Hours, string Unallocated, string? Standing);

/// <param name="Value">What it counts at the need, in the need's currency, where that is another one.</param>
public sealed record AllocationView(
    string Id, string ProjectId, string NeedId, string Area, string? Amount, string? Currency, string? Quantity, string? Unit, string? Hours,
    string Status, string Proposed, string Conditional, string Committed, string Received, string? Value, string? ValueCurrency, DateTimeOffset? AcknowledgedAt,
    IReadOnlyList<Reason> Reasons);

public sealed record RateView(string Currency, string Reporting, string UnitsPerReporting, DateOnly Date, string Source);
public sealed record StatedView(string Amount, string Currency);
public sealed record HistoryView(DateTimeOffset At, string What, string By, string? Area, string? Note);

/// <summary>Turns balances into what the API answers.</summary>
public static class PledgeViews
{
    /// <param name="past">Null: in lists.</param>
    /// <param name="waits">What conditional parts wait for, by project; null: it is left out.</param>
    public static PledgeView Of(PledgeBalance balance, DateOnly today, PledgePast? past, IReadOnlyDictionary<string, IReadOnlyList<Reason>>? waits = null)
    {
        var pledge = balance.Pledge;
        var unit = pledge.Resource.Unit;
        string Text(long minor) => Decimals.Write(minor, unit.Exponent);
        return new PledgeView(pledge.Id, pledge.PartnerId, balance.Status, Of(pledge.Resource),
            [.. pledge.Areas.Select(area => new AreaShareView(area.Area, area.Share?.ToString(System.Globalization.CultureInfo.InvariantCulture)))],
            pledge.Earmark == Earmark.None || pledge.Earmark is { Projects.Count: 0, Cities.Count: 0, Countries.Count: 0 }
                ? null : new EarmarkView(pledge.Earmark.Projects, pledge.Earmark.Cities, pledge.Earmark.Countries),
            Text(balance.Unallocated), Text(balance.InTransit), Text(balance.Withdrawn), Text(balance.WrittenOff),
            Text(balance.Proposed), Text(balance.Conditional), Text(balance.Committed), Text(balance.Received),
            [.. balance.Lines.Select(line => Of(line))], [.. balance.Allocations.Select(part => Of(part, part.Conditional.Minor > 0 ? waits?.GetValueOrDefault(part.ProjectId) : null))],
            InstalmentViews.Of(balance, today), Of(pledge.Conditions, unit), pledge.ValidUntil, pledge.Visibility, pledge.Reference, pledge.SubmittedAt,
            pledge.Rate is { } rate ? new RateView(rate.Currency, rate.Reporting, rate.UnitsPerReporting.ToString(System.Globalization.CultureInfo.InvariantCulture), rate.Date, rate.Source) : null,
            pledge.Stated is { } stated ? new StatedView(Decimals.Write(stated.Minor, Currency.Of(stated.Currency).Exponent), stated.Currency) : null,
            pledge.Failure,
            past is null ? null : [new HistoryView(pledge.SubmittedAt, "submitted", pledge.By, null, null), .. past.History.Select(Of)])
        {
            SmallestPart = pledge.SmallestPart is { } smallest ? Text(smallest) : null,
            Receipts = past is null ? null : [.. past.Receipts.Select(receipt => ReceiptViews.Of(receipt, pledge))],
        };
    }

    private static IReadOnlyList<ConditionView>? Of(IReadOnlyList<MatchCondition> conditions, Unit unit) => conditions.Count == 0 ? null :
        [.. conditions.Select(condition => new ConditionView("match", condition.Sector, condition.Ratio.ToString(System.Globalization.CultureInfo.InvariantCulture),
            condition.UpTo is { } most ? Decimals.Write(most, unit.Exponent) : null))];

    /// <param name="waits">What it waits for, beside why it is there.</param>
    public static AllocationView Of(Allocation part, IReadOnlyList<Reason>? waits = null)
    {
        var (amount, currency, quantity, measure, hours) = Split(part.Total.Minor, part.Unit);
        string Text(long minor) => Decimals.Write(minor, part.Unit.Exponent);
        var exchanged = part.Unit != part.NeedUnit;
        return new AllocationView(part.Id, part.ProjectId, part.NeedId, part.Area, amount, currency, quantity, measure, hours, part.Status,
            Text(part.Proposed.Minor), Text(part.Conditional.Minor), Text(part.Committed.Minor), Text(part.Received.Minor),
            exchanged ? Decimals.Write(part.Total.Value, part.NeedUnit.Exponent) : null, exchanged ? part.NeedUnit.Code : null,
            part.AcknowledgedAt, [.. part.Reasons, .. waits ?? []]);
    }

    private static LineView Of(Line line)
    {
        var (amount, currency, quantity, measure, hours) = Split(line.Amount + line.MovedIn - line.MovedOut, line.Unit);
        return new LineView(line.Area, amount, currency, quantity, measure, hours, Decimals.Write(line.Unallocated, line.Unit.Exponent), line.Standing);
    }

    private static ResourceView Of(Resource resource)
    {
        var unit = resource.Unit;
        var (amount, currency, quantity, measure, hours) = Split(resource.Minor, unit);
        return new ResourceView(unit.Kind, amount, currency, unit.Kind == ResourceKind.InKind ? unit.Code : null, quantity, measure,
            resource.EstimatedValue is { } value ? Decimals.Write(value, Currency.Of(resource.EstimatedCurrency!).Exponent) : null, resource.EstimatedCurrency,
            unit.Kind == ResourceKind.Time ? unit.Code : null, hours, resource.People, resource.From, resource.To);
    }

    private static HistoryView Of(AreaEntry entry) => new(entry.Entry.At, entry.Entry.Kind, entry.Entry.By, null, entry.Entry.Note);

    internal static (string? Amount, string? Currency, string? Quantity, string? Unit, string? Hours) Split(long minor, Unit unit)
    {
        var text = Decimals.Write(minor, unit.Exponent);
        return unit.Kind switch
        {
            ResourceKind.Money => (text, unit.Code, null, null, null),
            ResourceKind.InKind => (null, null, text, unit.Measure, null),
            _ => (null, null, null, null, text),
        };
    }
}
