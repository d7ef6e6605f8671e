using FundingFlow.Money;
using FundingFlow.Projects;
using FundingFlow.Validation;

namespace FundingFlow.Pledges;

/// <summary>Reads a pledge from JSON: <c>POST /api/pledges</c>, an import's row, or a partner's own message in the queue.</summary>
public static class PledgeReader
{
    private const int MostInstalments = 120;

    public static PledgeRequest? Read(JsonInput input) => Read(input, null);

    /// <param name="partnerInstead">The id of a partner that is described elsewhere; then the pledge must name none.</param>
    public static PledgeRequest? Read(JsonInput input, string? partnerInstead)
    {
        var partner = partnerInstead ?? input.Slug("partnerId", required: true);
        if (partnerInstead is not null && input.Element("partnerId") is not null) input.Error("partnerId", "must be left out where the partner is described");
        var resource = input.Object("resource", ReadResource, required: true);
        var areas = ReadAreas(input);
        var earmark = input.Object("earmark", ReadEarmark) ?? Earmark.None;
        var smallest = resource is null ? SkipSmallest(input) : ReadSmallestPart(input, resource, areas);
        var schedule = resource is null ? Skip(input, "schedule") : ReadSchedule(input, resource);
        var validUntil = input.Date("validUntil");
        var visibility = input.Choice<Visibility>("visibility") ?? Visibility.Public;
        var reference = input.Text("reference");
        var conditions = ConditionReader.Read(input, resource);
        return partner is null || resource is null
            ? null
            : new PledgeRequest(partner, resource, areas, earmark, schedule, validUntil, visibility, reference)
            {
                SmallestPart = smallest,
                Conditions = conditions,
            };
    }

    /// <summary>More than an area gets of the pledge could never be placed there: refused, with what it gets.</summary>
    private static long? ReadSmallestPart(JsonInput input, Resource resource, IReadOnlyList<AreaShare> areas)
    {
        if (input.Minor("smallestPart", resource.Unit) is not { } smallest) return null;
        if (!input.Errors.Any && AboveItsShare(smallest, resource.Minor, areas, resource.Unit) is { } above) input.Error("smallestPart", above);
        return smallest;
    }

    /// <returns>What a smallest part must not exceed when so much is pledged; null: it does not.</returns>
    internal static string? AboveItsShare(long smallest, long pledged, IReadOnlyList<AreaShare> areas, Unit unit)
    {
        string Text(long minor) => Decimals.Write(minor, unit.Exponent);
        if (smallest > pledged) return $"must be at most what is pledged: {Text(pledged)}";
        return areas.Count > 0 && PledgeLines.Shares(pledged, areas).MinBy(part => part.Minor) is { } least && least.Minor < smallest
            ? $"must be at most {Text(least.Minor)}, which is what the area {least.Area} gets of the pledge: lower it, or give that area more"
            : null;
    }

    private static long? SkipSmallest(JsonInput input)
    {
        input.Element("smallestPart");
        return null;
    }

    /// <summary>An amount of the resource's kind: <c>amount</c>, <c>quantity</c> or <c>hours</c>.</summary>
    public static long? ReadAmount(JsonInput input, Unit unit, bool required) => input.Minor(MemberOf(unit), unit, required);

    public static string MemberOf(Unit unit) => unit.Kind switch
    {
        ResourceKind.Money => "amount",
        ResourceKind.InKind => "quantity",
        _ => "hours",
    };

    private static Resource? ReadResource(JsonInput input) => input.Choice<ResourceKind>("kind", required: true) switch
    {
        ResourceKind.Money => ReadMoney(input),
        ResourceKind.InKind => ReadGoods(input),
        ResourceKind.Time => ReadTime(input),
        _ => SkipAll(input),
    };

    private static Resource? ReadMoney(JsonInput input)
    {
        var currency = input.Currency("currency", required: true);
        if (currency is null)
        {
            input.Element("amount");
            return null;
        }

        return input.Minor("amount", Unit.Of(currency), required: true) is { } minor ? new Resource(Unit.Of(currency), minor) : null;
    }

    private static Resource? ReadGoods(JsonInput input)
    {
        var item = input.Text("item", 100, required: true);
        var measure = input.Text("unit", 20);
        var value = ReadEstimatedValue(input);
        if (item is null)
        {
            input.Element("quantity");
            return null;
        }

        var entry = Catalogue.Item(item, measure);
        if (entry.Slug.Length == 0)
        {
            input.Error("item", "must have letters or digits");
            input.Element("quantity");
            return null;
        }

        var unit = Unit.Goods(entry.Slug, entry.Unit, entry.Exponent);
        return input.Minor("quantity", unit, required: true) is { } minor
            ? new Resource(unit, minor, EstimatedValue: value?.Minor, EstimatedCurrency: value?.Currency)
            : null;
    }

    private static Resource? ReadTime(JsonInput input)
    {
        var skill = input.Text("skill", 100, required: true);
        var people = input.Integer("people", 1, 1_000_000);
        var (from, to) = (input.Date("from"), input.Date("to"));
        if (from > to) input.Error("to", "must not be before from");
        var slug = skill is null ? "" : Catalogue.Skill(skill).Slug;
        if (skill is not null && slug.Length == 0) input.Error("skill", "must have letters or digits");
        var unit = Unit.Hours(slug);
        return input.Minor("hours", unit, required: true) is { } minor && slug.Length > 0 ? new Resource(unit, minor, people, from, to) : null;
    }

    private static StatedValue? ReadEstimatedValue(JsonInput input)
    {
        if (input.Element("estimatedValue") is { ValueKind: System.Text.Json.JsonValueKind.Object } element)
            return input.Nested(element, input.At("estimatedValue"), value =>
            {
                value.Element("amount");
                return value.Currency("currency", required: true) is { } of && value.Minor("amount", Unit.Of(of), required: true) is { } amount
                    ? new StatedValue(amount, of.Code) : null;
            });
        var currency = input.Currency("currency") ?? Currency.Of("EUR");
        return input.Minor("estimatedValue", Unit.Of(currency), zeroAllowed: true) is { } minor ? new StatedValue(minor, currency.Code) : null;
    }

    private static IReadOnlyList<AreaShare> ReadAreas(JsonInput input)
    {
        var shares = new List<AreaShare>();
        foreach (var (item, pointer) in input.Items("areas", Areas.All.Count))
        {
            var share = item.ValueKind == System.Text.Json.JsonValueKind.String
                ? new AreaShare(item.GetString()!)
                : input.Nested(item, pointer, area => area.Text("area", required: true) is { } slug
                    ? new AreaShare(slug, area.Number("share", 0.000001m, 1m)) : null);
            if (share is null)
            {
                if (item.ValueKind != System.Text.Json.JsonValueKind.Object) input.Errors.Add(pointer, "must be an area's slug, or {area, share}");
            }
            else if (!Areas.IsArea(share.Area))
                input.Errors.Add(pointer, "must be one of " + string.Join(", ", Areas.All));
            else if (shares.Exists(other => other.Area == share.Area))
                input.Errors.Add(pointer, "is given twice");
            else shares.Add(share);
        }

        var stated = shares.Count(share => share.Share is not null);
        if (stated > 0 && stated < shares.Count) input.Error("areas", "must give a share for all areas or for none");
        else if (stated > 0 && shares.Sum(share => share.Share!.Value) != 1m) input.Error("areas", "must have shares that sum to 1");
        return shares;
    }

    private static Earmark? ReadEarmark(JsonInput input)
        => new(input.Slugs("projects", 20), input.Texts("cities", 20), input.Texts("countries", 50));

    private static IReadOnlyList<Instalment> ReadSchedule(JsonInput input, Resource resource)
    {
        var member = MemberOf(resource.Unit);
        var schedule = input.Objects("schedule", instalment => ReadInstalment(instalment, member, resource.Unit), MostInstalments);
        if (input.Has("schedule") && !input.Errors.Any)
        {
            var sum = schedule.Aggregate((Int128)0, (total, part) => total + part.Minor);
            if (schedule.Count > 0 && sum != resource.Minor)
                input.Error("schedule", $"must sum to the pledge: {Decimals.Write(resource.Minor, resource.Unit.Exponent)}");
        }

        return [.. schedule.OrderBy(part => part.DueOn)];
    }

    private static Instalment? ReadInstalment(JsonInput input, string member, Unit unit)
    {
        var (due, minor) = (input.Date("dueOn", required: true), input.Minor(member, unit, required: true));
        return due is null || minor is null ? null : new Instalment(due.Value, minor.Value);
    }

    private static IReadOnlyList<Instalment> Skip(JsonInput input, string name)
    {
        input.Element(name);
        return [];
    }

    private static Resource? SkipAll(JsonInput input)
    {
        foreach (var name in input.Names.ToList()) input.Element(name);
        return null;
    }
}
