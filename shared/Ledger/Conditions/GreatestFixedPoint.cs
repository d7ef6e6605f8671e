using FundingFlow.Pledges;

namespace FundingFlow.Ledger.Conditions;

/// <summary>
/// How much of what is confirmed at one project is firm: the greatest amounts, all at once, with which each pledge has what its
/// conditions ask for. Starts with all of it firm and lowers whatever is not matched until nothing is left to lower; the order
/// makes no difference. Pure.
/// </summary>
public static class GreatestFixedPoint
{
    /// <summary>
    /// Looks at a pledge before the steps get larger than the smallest unit. Two pledges of 10¹⁵ units that match each other with a
    /// product of 0.9999 need seven tenths of it.
    /// </summary>
    public const long MostLooks = 1_000_000;

    /// <returns>
    /// The firm units of each pledge, in the order given. Where lowering by single units would take more than <paramref name="mostLooks"/>,
    /// amounts between what was received and what was confirmed are whole tens, hundreds, …: still a division in which every condition holds,
    /// and found within <paramref name="mostLooks"/> + 2 × pledges² + pledges looks.
    /// </returns>
    public static long[] Of(IReadOnlyList<ConfirmedPledge> pledges, long mostLooks = MostLooks)
        => Lower(pledges, 1, mostLooks) ?? Lower(pledges, StepFor(pledges, mostLooks), long.MaxValue)!;

    /// <summary>Null: not done after so many looks.</summary>
    private static long[]? Lower(IReadOnlyList<ConfirmedPledge> pledges, long step, long mostLooks)
    {
        var firm = pledges.Select(pledge => pledge.Confirmed.Minor).ToArray();
        var funding = new SectorFunding();
        foreach (var pledge in pledges) funding.Add(pledge, pledge.Confirmed.Value);
        int[] conditional = [.. Enumerable.Range(0, pledges.Count).Where(i => pledges[i].IsConditional)];
        var looks = 0L;
        for (var lowered = true; lowered;)
        {
            lowered = false;
            foreach (var i in conditional)
            {
                if (looks++ >= mostLooks) return null;
                var most = Math.Min(firm[i], OnGrid(pledges[i], MostFirm(pledges[i], funding), step));
                if (most == firm[i]) continue;
                funding.Add(pledges[i], (Int128)pledges[i].ValueOf(most) - pledges[i].ValueOf(firm[i]));
                firm[i] = most;
                lowered = true;
            }
        }

        return firm;
    }

    /// <summary>What the conditions of one pledge let be firm beside this funding of others; never less than what was received.</summary>
    private static long MostFirm(ConfirmedPledge pledge, SectorFunding funding)
    {
        var most = pledge.Confirmed.Minor;
        foreach (var condition in pledge.Conditions)
        {
            var matched = condition.ScaledRatio * funding.OfOthers(condition.Sector, pledge.PartnerId) / MatchCondition.RatioScale;
            most = Math.Min(most, Math.Min(pledge.UnitsWithin(matched), condition.UpTo ?? long.MaxValue));
        }

        return Math.Max(pledge.Received, most);
    }

    private static long OnGrid(ConfirmedPledge pledge, long minor, long step)
        => minor == pledge.Confirmed.Minor ? minor : Math.Max(pledge.Received, minor - (minor % step));

    /// <summary>The smallest power of ten with which all conditional pledges together can be lowered within the looks.</summary>
    private static long StepFor(IReadOnlyList<ConfirmedPledge> pledges, long mostLooks)
    {
        var conditional = pledges.Where(pledge => pledge.IsConditional).ToList();
        var span = conditional.Aggregate((Int128)0, (sum, pledge) => sum + pledge.Confirmed.Minor - pledge.Received);
        var step = 1L;
        while (conditional.Count * (span / step) > mostLooks) step *= 10;
        return step;
    }
}
