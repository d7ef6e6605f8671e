using FundingFlow.Money;
using FundingFlow.Validation;

namespace FundingFlow.Projects;

/// <summary>What a PUT states of one need; the city still as it was typed.</summary>
/// <param name="Pointer">Where it stands in the request.</param>
/// <param name="Required">0: money whose requirement is not stated.</param>
public sealed record NeedStatement(
    string Pointer, string Id, Unit Unit, long Required, long? MinimumViable, string? Area, string? City)
{
    /// <param name="number">From 1; names the need when it has no id.</param>
    /// <param name="currency">The project's; null when it states none (or a wrong one, which is told elsewhere).</param>
    public static NeedStatement? Read(JsonInput input, int number, Currency? currency)
    {
        var id = input.Slug("id") ?? $"need-{number}";
        var area = input.Area("area");
        var city = input.Text("city", 100);
        var asked = input.Choice<ResourceKind>("kind", required: true) switch
        {
            ResourceKind.Money => Money(input, currency),
            ResourceKind.InKind => Goods(input),
            ResourceKind.Time => Hours(input),
            _ => Unread(input),
        };
        if (asked is not var (unit, required)) return null;
        var least = input.Minor("minimumViable", unit);
        if (least > required)
            input.Error("minimumViable", required == 0 ? "needs an amount that it is part of" : "must be at most what the need asks for");
        return new NeedStatement(input.Pointer, id, unit, required, least, area, city);
    }

    private static (Unit, long)? Money(JsonInput input, Currency? currency)
    {
        if (currency is null)
        {
            input.Element("amount");
            input.Element("minimumViable");
            return null;
        }

        var unit = Unit.Of(currency);
        var amount = input.Minor("amount", unit);
        return input.Has("amount") && amount is null ? Skip(input) : (unit, amount ?? 0);
    }

    private static (Unit, long)? Goods(JsonInput input)
    {
        var item = input.Text("item", 100, required: true);
        var measure = input.Text("unit", 30);
        var known = Catalogue.Item(item ?? "item", measure);
        var unit = Unit.Goods(known.Slug, known.Unit, known.Exponent);
        var quantity = input.Minor("quantity", unit, required: true);
        return item is null || quantity is null ? Skip(input) : (unit, quantity.Value);
    }

    private static (Unit, long)? Hours(JsonInput input)
    {
        var skill = input.Text("skill", 100, required: true);
        var unit = Unit.Hours(Catalogue.Skill(skill ?? "skill").Slug);
        var hours = input.Minor("hours", unit, required: true);
        return skill is null || hours is null ? Skip(input) : (unit, hours.Value);
    }

    private static (Unit, long)? Skip(JsonInput input)
    {
        input.Element("minimumViable");
        return null;
    }

    /// <summary>Without a kind nothing can be said of the other members.</summary>
    private static (Unit, long)? Unread(JsonInput input)
    {
        foreach (var name in input.Names.ToList()) input.Element(name);
        return null;
    }
}
