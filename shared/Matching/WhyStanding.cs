using FundingFlow.Ledger;
using FundingFlow.Money;

namespace FundingFlow.Matching;

/// <summary>Says in a donor's words why something of a line stands.</summary>
public static class WhyStanding
{
    public static Reason Of(Line line)
    {
        ArgumentNullException.ThrowIfNull(line);
        var code = line.Standing ?? Placement.NoNeed;
        return new Reason(code, code switch
        {
            Placement.NoRate => $"No exchange rate is known for {line.Unit.Code}.",
            Placement.Expired => "Its last day has passed.",
            Placement.Excluded => "There is room, but only where you do not give.",
            Placement.Dates => "There is room, but only in projects that have ended or do not run while the time is given.",
            Placement.ShareCap => "There is room, but only in projects of which you fill as much as one partner may.",
            Placement.SmallestPart => $"There is room, but not for a part of {Text(line)}, the smallest that you allow.",
            Standing.Held => "It waits for staff to release it.",
            Standing.AboveOwed => "It was received above what was owed.",
            _ => $"No open need that it may go to asks for more {(line.Unit.IsMoney ? "money" : line.Unit.Kind == ResourceKind.Time ? $"hours of {line.Unit.Code}" : line.Unit.Code)}.",
        });
    }

    private static string Text(Line line) => Decimals.Write(line.SmallestPart ?? 0, line.Unit.Exponent) + (line.Unit.IsMoney ? " " + line.Unit.Code : "");
}
