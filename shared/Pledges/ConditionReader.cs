using FundingFlow.Money;
using FundingFlow.Partners;
using FundingFlow.Validation;

namespace FundingFlow.Pledges;

/// <summary>Reads the conditions of a pledge: <c>[{type: "match", sector, ratio, upTo}]</c>, on money only.</summary>
internal static class ConditionReader
{
    private const int MostConditions = 5;
    private const decimal LeastRatio = 0.0001m;
    private const decimal LargestRatio = 100m;

    private enum ConditionType { Match }

    /// <param name="resource">What is pledged; null when it could not be read, and then only the shape is checked.</param>
    /// <returns>Null when there are none.</returns>
    public static IReadOnlyList<MatchCondition>? Read(JsonInput input, Resource? resource)
    {
        if (!input.Has("conditions")) return Nothing(input);
        if (resource is null) return Nothing(input);
        if (!resource.Unit.IsMoney)
        {
            if (input.Items("conditions").Any()) input.Error("conditions", "are for pledges of money: leave them out");
            return null;
        }

        var conditions = input.Objects("conditions", item => Read(item, resource.Unit), MostConditions);
        return conditions.Count == 0 ? null : conditions;
    }

    private static MatchCondition? Read(JsonInput input, Unit unit)
    {
        var type = input.Choice<ConditionType>("type", required: true);
        var sector = input.Choice<Sector>("sector", required: true);
        var ratio = input.Number("ratio", LeastRatio, LargestRatio, required: true);
        if (ratio is { } given && decimal.Round(given, MatchCondition.RatioDecimals) != given)
        {
            input.Error("ratio", $"must have at most {MatchCondition.RatioDecimals} decimals");
            ratio = null;
        }

        var hasLimit = input.Has("upTo");
        var upTo = input.Minor("upTo", unit);
        return type is null || sector is null || ratio is null || (hasLimit && upTo is null)
            ? null : new MatchCondition(sector.Value, WithoutTrailingZeros(ratio.Value), upTo);
    }

    /// <summary>So that 1 and 1.00 are the same content.</summary>
    private static decimal WithoutTrailingZeros(decimal value) => value / 1.0000000000000000000000000000m;

    private static IReadOnlyList<MatchCondition>? Nothing(JsonInput input)
    {
        input.Element("conditions");
        return null;
    }
}
