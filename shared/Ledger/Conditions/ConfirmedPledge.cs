using FundingFlow.Money;
using FundingFlow.Partners;
using FundingFlow.Pledges;

namespace FundingFlow.Ledger.Conditions;

/// <summary>What one pledge's partner has confirmed at one project, over the pledge's parts there.</summary>
/// <param name="Confirmed">Firm, conditional and received together; its value is in the project's money.</param>
/// <param name="Received">In the pledge's smallest units: firm whatever becomes of the conditions.</param>
public sealed record ConfirmedPledge(
    string PledgeId, string PartnerId, Sector? Sector, Placed Confirmed, long Received, IReadOnlyList<MatchCondition> Conditions)
{
    public bool IsConditional => Conditions.Count > 0;

    /// <summary>What so many of the pledge's units count in the project's money; rounded down, the whole counts the whole.</summary>
    public long ValueOf(long minor) => Confirmed.Part(minor).Value;

    /// <summary>The most units of the pledge that count at most <paramref name="value"/>.</summary>
    public long UnitsWithin(Int128 value) => value >= Confirmed.Value ? Confirmed.Minor : (long)(Confirmed.Minor * value / Confirmed.Value);

    /// <param name="parts">Of one project and one money, from any of its areas.</param>
    public static IReadOnlyList<ConfirmedPledge> Of(IEnumerable<Allocation> parts) =>
    [
        .. from part in parts
           where part.Confirmed.Minor > 0
           group part by part.PledgeId into pledge
           orderby pledge.Key
           let first = pledge.First()
           select new ConfirmedPledge(pledge.Key, first.PartnerId, first.Sector,
               pledge.Aggregate(default(Placed), (sum, part) => sum + part.Confirmed), pledge.Sum(part => part.Received.Minor), first.Conditions),
    ];
}
