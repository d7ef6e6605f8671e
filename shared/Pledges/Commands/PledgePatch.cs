using FundingFlow.Money;
using FundingFlow.Validation;

namespace FundingFlow.Pledges.Commands;

/// <summary>An instalment as it was sent.</summary>
public sealed record StatedInstalment(DateOnly DueOn, StatedAmount Amount);

/// <summary>What a PATCH of a pledge gives; what it does not give stays. A member that is null in the request is taken off the pledge.</summary>
/// <param name="Schedule">Null: stays; empty: there is none any more.</param>
public sealed record PledgePatch(
    StatedAmount? Amount, IReadOnlyList<StatedInstalment>? Schedule, bool GivesValidUntil, DateOnly? ValidUntil,
    Visibility? Visibility, bool GivesReference, string? Reference)
{
    private const int MostInstalments = 120;
    private static readonly string[] NeverNull = ["resource", "visibility"];

    public static PledgePatch? Read(JsonInput input)
    {
        foreach (var name in NeverNull.Where(name => Gives(input, name) && !input.Has(name))) input.Error(name, "cannot be taken off a pledge");
        var resource = input.Object("resource", ReadResource);
        var schedule = input.Objects("schedule", ReadInstalment, MostInstalments);
        return new PledgePatch(resource, Gives(input, "schedule") ? schedule : null, Gives(input, "validUntil"), input.Date("validUntil"),
            input.Choice<Visibility>("visibility"), Gives(input, "reference"), input.Text("reference"));
    }

    /// <summary>The same, with every amount as <paramref name="unit"/> writes it.</summary>
    internal PledgePatch AsIn(Unit unit) => this with
    {
        Amount = Amount?.AsIn(unit),
        Schedule = Schedule is null ? null : [.. Schedule.Select(instalment => instalment with { Amount = instalment.Amount.AsIn(unit) })],
    };

    private static bool Gives(JsonInput input, string name) => input.Names.Contains(name);

    private static StatedAmount? ReadResource(JsonInput input) => StatedAmount.Read(input, required: true);

    private static StatedInstalment? ReadInstalment(JsonInput input)
    {
        var (due, amount) = (input.Date("dueOn", required: true), StatedAmount.Read(input, required: true));
        return due is null || amount is null ? null : new StatedInstalment(due.Value, amount);
    }
}
