using FundingFlow.Money;
using FundingFlow.Validation;

namespace FundingFlow.Pledges.Commands;

/// <summary>The schedule that an amendment leaves: it sums to the pledge as amended, and nothing new in it lies in the past.</summary>
internal sealed class AmendedSchedule(Pledge pledge, IReadOnlyList<StatedInstalment>? stated, long minor, DateOnly today)
{
    public Outcome<(bool IsGiven, IReadOnlyList<Instalment> Instalments)> Read()
    {
        var unit = pledge.Resource.Unit;
        if (stated is null)
            return pledge.Schedule.Count > 0 && minor != pledge.Resource.Minor
                ? Refusal.Invalid("/schedule", $"is required: the pledge has one, and it must sum to {Decimals.Write(minor, unit.Exponent)}")
                : (false, pledge.Schedule);
        var (instalments, errors, sum) = (new List<Instalment>(), new InputErrors(), (Int128)0);
        for (var i = 0; i < stated.Count; i++)
        {
            var amount = stated[i].Amount.In(unit, $"/schedule/{i}");
            if (amount.Refusal is { } wrong)
            {
                errors.Add(wrong.Errors!.First().Key, wrong.Errors!.First().Value[0]);
                continue;
            }

            var instalment = new Instalment(stated[i].DueOn, amount.Value);
            if (instalment.DueOn < today && !pledge.Schedule.Any(known => known.DueOn == instalment.DueOn))
                errors.Add($"/schedule/{i}/dueOn", "must not lie in the past");
            instalments.Add(instalment);
            sum += instalment.Minor;
        }

        if (!errors.Any && stated.Count > 0 && sum != minor) errors.Add("/schedule", $"must sum to the pledge: {Decimals.Write(minor, unit.Exponent)}");
        return errors.Any ? errors.ToRefusal() : (true, (IReadOnlyList<Instalment>)[.. instalments.OrderBy(instalment => instalment.DueOn)]);
    }
}
