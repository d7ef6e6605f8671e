using FundingFlow.Money;
using FundingFlow.Validation;

namespace FundingFlow.Projects;

/// <summary>The member <c>budget</c>: periods that include their first day and exclude their last, and do not overlap.</summary>
internal static class BudgetInput
{
    public static IReadOnlyList<BudgetPeriod> Read(JsonInput input, Currency? currency)
    {
        var periods = input.Objects("budget", period => ReadPeriod(period, currency), ProjectStatement.MostPeriods);
        var ordered = periods.OrderBy(placed => placed.Period.From).ToList();
        foreach (var (before, after) in ordered.Zip(ordered.Skip(1)))
            if (after.Period.From < before.Period.To)
                input.Errors.Add($"{after.Pointer}/from", $"overlaps the period from {before.Period.From:yyyy-MM-dd} to {before.Period.To:yyyy-MM-dd} (to is not included)");
        return [.. ordered.Select(placed => placed.Period)];
    }

    private static Placed? ReadPeriod(JsonInput input, Currency? currency)
    {
        var from = input.Date("from", required: true);
        var to = input.Date("to", required: true);
        if (from >= to) input.Error("to", "must be after from: it is the first day that no longer belongs to the period");
        if (currency is null)
        {
            input.Element("amount");
            input.Element("spent");
            return null;
        }

        var amount = input.Minor("amount", Unit.Of(currency), required: true, zeroAllowed: true);
        var spent = input.Minor("spent", Unit.Of(currency), zeroAllowed: true);
        return from is null || to is null || amount is null ? null : new Placed(input.Pointer, new BudgetPeriod(from.Value, to.Value, amount.Value, spent));
    }

    private sealed record Placed(string Pointer, BudgetPeriod Period);
}
