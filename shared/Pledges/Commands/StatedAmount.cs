using FundingFlow.Money;
using FundingFlow.Validation;

namespace FundingFlow.Pledges.Commands;

/// <summary>An amount as it was sent: which member named it, and its decimal. How many decimals it may have is known once the pledge is.</summary>
/// <param name="Member">amount, quantity or hours.</param>
public sealed record StatedAmount(string Member, string Text)
{
    private static readonly string[] Members = ["amount", "quantity", "hours"];

    /// <summary>Null when none is given, or what is given is wrong, which is noted.</summary>
    public static StatedAmount? Read(JsonInput input, bool required)
    {
        var given = Members.Where(input.Has).ToList();
        if (given.Count > 1 || (required && given.Count == 0))
            input.Error(given.Count == 0 ? "amount" : given[1], "exactly one of amount, quantity and hours is required");
        foreach (var name in given.Skip(1)) input.Element(name);
        return given is [] ? None(input) : Decimal(input, given[0]) is { } text ? new StatedAmount(given[0], text) : null;
    }

    /// <summary>Smallest units of <paramref name="unit"/>, above 0; errors point below <paramref name="pointer"/>.</summary>
    public Outcome<long> In(Unit unit, string pointer = "")
    {
        var at = $"{pointer}/{Member}";
        if (Member != PledgeReader.MemberOf(unit)) return Refusal.Invalid(at, $"does not fit: this pledge is counted in {PledgeReader.MemberOf(unit)}");
        if (Text.StartsWith('-')) return Refusal.Invalid(at, "must be greater than zero");
        if (Amount.TryParse(Text, unit, out var parsed) is { } malformed) return Refusal.Invalid(at, malformed);
        return parsed.Minor == 0 ? Refusal.Invalid(at, "must be greater than zero") : parsed.Minor;
    }

    /// <summary>The same amount as <paramref name="unit"/> writes it; what is no amount of it stays as it was sent.</summary>
    public StatedAmount AsIn(Unit unit) => Amount.TryParse(Text, unit, out var parsed) is null ? this with { Text = parsed.ToString() } : this;

    private static StatedAmount? None(JsonInput input)
    {
        // So that an unknown member is answered with the names that it might have been.
        foreach (var name in Members) input.Element(name);
        return null;
    }

    private static string? Decimal(JsonInput input, string name)
    {
        var element = input.Element(name)!.Value;
        if (element.ValueKind == System.Text.Json.JsonValueKind.String) return element.GetString();
        if (element.ValueKind == System.Text.Json.JsonValueKind.Number && name != "amount") return element.GetRawText();
        input.Error(name, "must be a decimal string such as \"1250.00\"");
        return null;
    }
}
