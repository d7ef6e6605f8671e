using FundingFlow.Money;
using FundingFlow.Partners;
using FundingFlow.Pledges;

namespace FundingFlow.Ledger.Conditions;

/// <summary>What a conditional part of a pledge waits for, in a donor's words.</summary>
public static class MatchWait
{
    /// <param name="parts">All that lie at the project, over its areas.</param>
    /// <returns>Empty: nothing of the pledge is conditional there.</returns>
    public static IReadOnlyList<Reason> Of(string pledgeId, IReadOnlyList<Allocation> parts)
    {
        var reasons = new List<Reason>();
        foreach (var money in parts.Where(part => part.NeedUnit.IsMoney).GroupBy(part => part.NeedUnit))
        {
            var pledges = ConfirmedPledge.Of(money);
            if (pledges.FirstOrDefault(pledge => pledge.PledgeId == pledgeId && pledge.IsConditional) is not { } own) continue;
            var firm = GreatestFixedPoint.Of(pledges);
            var funding = new SectorFunding();
            for (var i = 0; i < pledges.Count; i++) funding.Add(pledges[i], pledges[i].ValueOf(firm[i]));
            var unit = money.First(part => part.PledgeId == pledgeId).Unit;
            reasons.AddRange(Of(own, firm[pledges.ToList().IndexOf(own)], unit, money.Key, funding));
        }

        return reasons;
    }

    private static IEnumerable<Reason> Of(ConfirmedPledge pledge, long firm, Unit unit, Unit projectMoney, SectorFunding funding)
    {
        if (firm == pledge.Confirmed.Minor) yield break;
        var most = Math.Max(pledge.Received, pledge.Conditions.Min(condition => Math.Min(condition.UpTo ?? long.MaxValue, pledge.Confirmed.Minor)));
        var subject = firm > 0 ? "The rest" : "It";
        foreach (var condition in pledge.Conditions)
            if (StillNeeded(pledge, condition, most, funding) is var needed && needed > 0)
                yield return new Reason("waits-for-match",
                    $"{subject} becomes binding when the {NameOf(condition.Sector)} sector commits {Text((long)needed, projectMoney)} more here.");
        if (most < pledge.Confirmed.Minor)
            yield return new Reason("match-limit", $"You match at most {Text(most, unit)} at one project; what is above that stays conditional.");
    }

    /// <summary>What others of the sector lack, in the project's money, until <paramref name="firm"/> units of the pledge are matched.</summary>
    private static Int128 StillNeeded(ConfirmedPledge pledge, MatchCondition condition, long firm, SectorFunding funding)
    {
        var value = Up((Int128)firm * pledge.Confirmed.Value, pledge.Confirmed.Minor);
        return Up(value * MatchCondition.RatioScale, condition.ScaledRatio) - funding.OfOthers(condition.Sector, pledge.PartnerId);
    }

    private static Int128 Up(Int128 dividend, long divisor) => (dividend + divisor - 1) / divisor;

    private static string NameOf(Sector sector) => sector switch
    {
        Sector.Public => "public",
        Sector.Private => "private",
        Sector.Nonprofit => "nonprofit",
        _ => throw new ArgumentOutOfRangeException(nameof(sector)),
    };

    private static string Text(long minor, Unit unit) => $"{Decimals.Write(minor, unit.Exponent)} {unit.Code}";
}
