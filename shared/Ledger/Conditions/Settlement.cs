using FundingFlow.Money;

namespace FundingFlow.Ledger.Conditions;

/// <param name="Firm">Of what is confirmed in the part: committed or received, in the pledge's smallest units.</param>
public sealed record SettledPart(Allocation Part, long Firm)
{
    /// <summary>What has to move from conditional to committed; negative: back.</summary>
    public long Change => Firm - Part.Committed.Minor - Part.Received.Minor;
}

/// <summary>Divides what is confirmed at one project into firm and conditional. Pure; the same parts in any order give the same division.</summary>
public static class Settlement
{
    /// <param name="parts">All that lie at the project, over its areas.</param>
    /// <returns>Every confirmed part of a pledge with conditions.</returns>
    public static IReadOnlyList<SettledPart> Of(IReadOnlyList<Allocation> parts)
    {
        if (!parts.Any(part => part.Conditions.Count > 0 && part.Confirmed.Minor > 0)) return [];
        var settled = new List<SettledPart>();
        // A project's needs share its currency; what lies at a need from before the currency changed is settled by itself.
        foreach (var money in parts.Where(part => part.NeedUnit.IsMoney).GroupBy(part => part.NeedUnit))
        {
            var pledges = ConfirmedPledge.Of(money);
            var firm = GreatestFixedPoint.Of(pledges);
            var ofPledge = money.Where(part => part.Confirmed.Minor > 0).ToLookup(part => part.PledgeId, StringComparer.Ordinal);
            for (var i = 0; i < pledges.Count; i++)
                if (pledges[i].IsConditional) settled.AddRange(Divide([.. ofPledge[pledges[i].PledgeId]], firm[i]));
        }

        return settled;
    }

    /// <summary>
    /// A pledge's firm amount over its parts: each keeps what was received, the rest goes by what each still has to receive
    /// (largest remainder; of equal remainders the earlier part by area and need).
    /// </summary>
    private static IEnumerable<SettledPart> Divide(IReadOnlyList<Allocation> parts, long firm)
    {
        Allocation[] ordered = [.. parts.OrderBy(part => part.Area, StringComparer.Ordinal).ThenBy(part => part.NeedId, StringComparer.Ordinal)];
        var toCome = firm - ordered.Sum(part => part.Received.Minor);
        var shares = toCome == 0 ? new long[ordered.Length] : Split.LargestRemainder(toCome, [.. ordered.Select(part => part.Confirmed.Minor - part.Received.Minor)]);
        return ordered.Select((part, i) => new SettledPart(part, part.Received.Minor + shares[i]));
    }
}
