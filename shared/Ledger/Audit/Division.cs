using System.Numerics;
using FundingFlow.Partners;
using FundingFlow.Pledges;

namespace FundingFlow.Ledger.Audit;

/// <summary>What one pledge has confirmed at one project, and how much of it is firm by the books.</summary>
internal sealed record Share(
    string PledgeId, string PartnerId, Sector? Sector, BigInteger Minor, BigInteger Value, BigInteger Received, BigInteger Firm, IReadOnlyList<MatchCondition> Conditions);

/// <summary>
/// The greatest division of one project's confirmed money into firm and conditional, found in the plainest way: all at once, round
/// by round, each pledge anew from what the round before left the others, the ratio as a fraction.
/// </summary>
internal sealed class Division
{
    private static readonly IEqualityComparer<Share> ByIdentity = ReferenceEqualityComparer.Instance;
    private const int MostRounds = 2_000;
    private const int MostLooks = 500_000;
    private readonly IReadOnlyList<Share> shares;

    public Division(IReadOnlyList<Share> shares)
    {
        this.shares = shares;
        var firm = shares.ToDictionary(share => share, share => share.Minor, ByIdentity);
        var rounds = Math.Min(MostRounds, MostLooks / Math.Max(1, shares.Count));
        for (var round = 0; round < rounds; round++)
        {
            var next = shares.ToDictionary(share => share, share => MostOf(share, firm), ByIdentity);
            if (shares.All(share => next[share] == firm[share]))
            {
                Greatest = firm;
                return;
            }

            firm = next;
        }
    }

    /// <summary>Null: a cycle in which it takes too many rounds to find.</summary>
    public IReadOnlyDictionary<Share, BigInteger>? Greatest { get; }

    /// <summary>Whether what is firm of a pledge by the books has its match in what is firm of the others by the books.</summary>
    public bool Allows(Share share) => share.Firm <= MostOf(share, shares.ToDictionary(other => other, other => other.Firm, ByIdentity));

    private BigInteger MostOf(Share share, Dictionary<Share, BigInteger> firm)
    {
        var most = share.Minor;
        foreach (var condition in share.Conditions)
        {
            var others = shares.Where(other => other.PartnerId != share.PartnerId && other.Sector == condition.Sector)
                .Aggregate(BigInteger.Zero, (sum, other) => sum + Worth(other, firm[other]));
            var (digits, scale) = Fraction(condition.Ratio);
            var matched = digits * others / scale;
            if (matched < share.Value) most = BigInteger.Min(most, matched * share.Minor / share.Value);
            if (condition.UpTo is { } limit) most = BigInteger.Min(most, limit);
        }

        return BigInteger.Max(most, share.Received);
    }

    private static BigInteger Worth(Share share, BigInteger minor) => share.Minor.IsZero ? 0 : share.Value * minor / share.Minor;

    private static (BigInteger Digits, BigInteger Scale) Fraction(decimal ratio)
    {
        var scale = BigInteger.One;
        for (; decimal.Truncate(ratio) != ratio; ratio *= 10) scale *= 10;
        return (new BigInteger(ratio), scale);
    }
}
