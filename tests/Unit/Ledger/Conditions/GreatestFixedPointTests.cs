using FundingFlow.Ledger;
using FundingFlow.Ledger.Conditions;
using FundingFlow.Partners;
using FundingFlow.Pledges;

namespace FundingFlow.Tests.Unit.Ledger.Conditions;

/// <summary>Answers worked out by hand, and properties checked against every division there is.</summary>
public sealed class GreatestFixedPointTests
{
    [Fact]
    public void A_public_commitment_triggers_a_private_match_one_to_one()
        => Assert.Equal([400, 400], Firm(Plain("a", Sector.Public, 400), Match("b", Sector.Private, 1_000, Sector.Public, 1m)));

    [Fact]
    public void A_match_goes_up_to_its_limit()
        => Assert.Equal([400, 250], Firm(Plain("a", Sector.Public, 400), Match("b", Sector.Private, 1_000, Sector.Public, 1m, upTo: 250)));

    [Fact]
    public void Half_of_an_odd_cent_is_rounded_down()
        => Assert.Equal([401, 200], Firm(Plain("a", Sector.Public, 401), Match("b", Sector.Private, 1_000, Sector.Public, 0.5m)));

    [Fact]
    public void Nothing_to_match_leaves_nothing_firm()
        => Assert.Equal([0], Firm(Match("b", Sector.Private, 1_000, Sector.Public, 1m)));

    [Fact]
    public void A_chain_of_three_settles_from_its_head()
        // 300 of public money; private matches half: 150; nonprofit doubles the private: 300, of which it has confirmed 280.
        => Assert.Equal([300, 150, 280], Firm(
            Plain("a", Sector.Public, 300), Match("b", Sector.Private, 900, Sector.Public, 0.5m), Match("c", Sector.Nonprofit, 280, Sector.Private, 2m)));

    [Fact]
    public void A_chain_falls_with_its_head()
        => Assert.Equal([0, 0], Firm(Match("b", Sector.Private, 900, Sector.Public, 0.5m), Match("c", Sector.Nonprofit, 280, Sector.Private, 2m)));

    [Fact]
    public void Two_who_confirmed_satisfy_each_other()
        => Assert.Equal([500, 500], Firm(Match("a", Sector.Public, 700, Sector.Private, 1m), Match("b", Sector.Private, 500, Sector.Public, 1m)));

    [Fact]
    public void A_three_way_cycle_has_one_greatest_division()
        // a ≤ 600 and a ≤ c, b ≤ 1000 and b ≤ a / 2, c ≤ 900 and c ≤ 2b: from (600, 1000, 900) down to a = 600, b = 300, c = 600.
        => Assert.Equal([600, 300, 600], Firm(
            Match("a", Sector.Public, 600, Sector.Nonprofit, 1m), Match("b", Sector.Private, 1_000, Sector.Public, 0.5m), Match("c", Sector.Nonprofit, 900, Sector.Private, 2m)));

    [Fact]
    public void A_three_way_cycle_that_asks_for_more_than_it_gives_comes_to_nothing()
        // Once around takes a to floor(0.9 × …): nothing firm outside holds it up.
        => Assert.Equal([0, 0, 0], Firm(
            Match("a", Sector.Public, 600, Sector.Nonprofit, 0.9m), Match("b", Sector.Private, 1_000, Sector.Public, 1m), Match("c", Sector.Nonprofit, 900, Sector.Private, 1m)));

    [Fact]
    public void A_cycle_rests_on_what_is_firm_outside_it()
        // a = (b + 0) / 2 with 300 of firm public money: b ≤ a + 300 = 600, a ≤ b / 2 = 300.
        => Assert.Equal([300, 600, 300], Firm(
            Match("a", Sector.Public, 900, Sector.Private, 0.5m), Match("b", Sector.Private, 900, Sector.Public, 1m), Plain("c", Sector.Public, 300)));

    [Fact]
    public void What_was_received_stays_firm_and_is_a_match_for_others()
        => Assert.Equal([120, 120], Firm(
            Match("a", Sector.Private, 500, Sector.Nonprofit, 1m) with { Received = 120 }, Match("b", Sector.Public, 500, Sector.Private, 1m)));

    [Fact]
    public void Several_conditions_all_hold()
        => Assert.Equal([400, 90, 90], Firm(
            Plain("a", Sector.Public, 400), Plain("b", Sector.Nonprofit, 90),
            Match("c", Sector.Private, 500, Sector.Public, 1m) with { Conditions = [new(Sector.Public, 1m, null), new(Sector.Nonprofit, 1m, null)] }));

    [Fact]
    public void A_partner_is_no_match_for_itself()
        => Assert.Equal([400, 0], Firm(Plain("a", Sector.Public, 400), Match("b", Sector.Public, 400, Sector.Public, 1m) with { PartnerId = "a" }));

    [Fact]
    public void A_part_whose_sector_was_not_kept_is_nobodys_match()
        => Assert.Equal([400, 0], Firm(Plain("a", Sector.Public, 400) with { Sector = null }, Match("b", Sector.Private, 400, Sector.Public, 1m)));

    [Fact]
    public void Two_currencies_are_compared_in_the_projects()
        // 1,000 of the pledge's units are worth 918 of the project's: 435 are worth 399.33, 436 would be worth 400.25, above the match.
        => Assert.Equal([400, 435], Firm(Plain("a", Sector.Public, 400), Match("b", Sector.Private, 1_000, Sector.Public, 1m) with { Confirmed = new Placed(1_000, 918) }));

    [Fact]
    public void Units_that_count_nothing_are_matched_by_nothing()
        => Assert.Equal([3], Firm(Match("b", Sector.Private, 3, Sector.Public, 1m) with { Confirmed = new Placed(3, 0) }));

    [Fact]
    public void A_cycle_that_shrinks_by_a_ten_thousandth_a_round_ends_exactly()
        => Assert.Equal([0, 0], Firm(Match("a", Sector.Public, 1_000_000_000_000_000, Sector.Private, 0.9999m), Match("b", Sector.Private, 1_000_000_000_000_000, Sector.Public, 1m)));

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(500_000)]
    public void A_cycle_that_hardly_shrinks_ends_too_and_every_condition_holds(long outside)
    {
        // 0.9999 × 1.0001 = 0.99999999: by single units it would take far more than the looks.
        ConfirmedPledge[] pledges =
        [
            Match("a", Sector.Public, 1_000_000_000_000_000, Sector.Private, 0.9999m),
            Match("b", Sector.Private, 1_000_000_000_000_000, Sector.Public, 1.0001m),
            Plain("c", Sector.Public, outside),
        ];
        AssertHolds(pledges, Firm(pledges));
    }

    [Fact]
    public void It_is_a_fixed_point_the_greatest_one_and_the_order_is_nothing_to_it()
    {
        var random = new Random(20261125);
        for (var instance = 0; instance < 3_000; instance++)
        {
            var pledges = Instance(random, random.Next(1, 5), 7);
            var firm = Firm(pledges);
            AssertHolds(pledges, firm);
            Assert.Equal(pledges.Select((_, i) => MostOf(pledges, firm, i)), firm);
            Assert.Equal(Greatest(pledges), firm);
            int[] order = [.. Enumerable.Range(0, pledges.Length).OrderBy(_ => random.Next())];
            Assert.Equal(order.Select(i => firm[i]), GreatestFixedPoint.Of([.. order.Select(i => pledges[i])]));
        }
    }

    [Fact]
    public void With_few_looks_every_condition_holds_all_the_same_and_nothing_is_above_the_greatest()
    {
        var random = new Random(7);
        var coarser = 0;
        for (var instance = 0; instance < 500; instance++)
        {
            var pledges = Instance(random, random.Next(2, 8), 100_000);
            var (exact, few) = (Firm(pledges), GreatestFixedPoint.Of(pledges, mostLooks: 12));
            AssertHolds(pledges, few);
            Assert.All(few.Zip(exact), pair => Assert.True(pair.First <= pair.Second));
            if (!few.SequenceEqual(exact)) coarser++;
        }

        Assert.NotEqual(0, coarser);
    }

    private static long[] Firm(params ConfirmedPledge[] pledges) => GreatestFixedPoint.Of(pledges);

    private static ConfirmedPledge Plain(string id, Sector sector, long minor) => new(id, id, sector, new Placed(minor, minor), 0, []);

    private static ConfirmedPledge Match(string id, Sector sector, long minor, Sector other, decimal ratio, long? upTo = null)
        => new(id, id, sector, new Placed(minor, minor), 0, [new MatchCondition(other, ratio, upTo)]);

    private static ConfirmedPledge[] Instance(Random random, int count, int most) => [.. Enumerable.Range(0, count).Select(i =>
    {
        var minor = random.Next(1, most);
        var (partner, conditions) = ($"p{random.Next(4)}", Enumerable.Range(0, random.Next(3)).Select(_
            => new MatchCondition((Sector)random.Next(3), random.Next(1, 25_000) / 10_000m, random.Next(3) == 0 ? random.Next(most) : null)).ToArray());
        return new ConfirmedPledge($"q{i}", partner, (Sector)random.Next(3), new Placed(minor, random.Next(3) == 0 ? random.Next(2 * most) : minor),
            random.Next(4) == 0 ? random.Next(minor + 1) : 0, conditions);
    })];

    /// <summary>What the conditions of one let be firm, by the words of the rule and nothing of its code.</summary>
    private static long MostOf(ConfirmedPledge[] pledges, long[] firm, int own)
    {
        var pledge = pledges[own];
        var most = Enumerable.Range(0, (int)pledge.Confirmed.Minor + 1).Last(minor => minor == 0 || pledge.Conditions.All(condition =>
            (condition.UpTo is null || minor <= condition.UpTo)
            && minor * (decimal)pledge.Confirmed.Value <= pledge.Confirmed.Minor * decimal.Floor(condition.Ratio * Enumerable.Range(0, pledges.Length)
                .Where(i => pledges[i].PartnerId != pledge.PartnerId && pledges[i].Sector == condition.Sector).Sum(i => Value(pledges[i], firm[i])))));
        return Math.Max(pledge.Received, most);
    }

    private static decimal Value(ConfirmedPledge pledge, long minor)
        => pledge.Confirmed.Minor == 0 ? 0 : decimal.Floor((decimal)pledge.Confirmed.Value * minor / pledge.Confirmed.Minor);

    private static void AssertHolds(ConfirmedPledge[] pledges, long[] firm)
    {
        for (var i = 0; i < pledges.Length; i++)
        {
            Assert.InRange(firm[i], pledges[i].Received, pledges[i].Confirmed.Minor);
            foreach (var condition in firm[i] == pledges[i].Received ? [] : pledges[i].Conditions)
            {
                var others = Enumerable.Range(0, pledges.Length).Where(j => pledges[j].PartnerId != pledges[i].PartnerId && pledges[j].Sector == condition.Sector);
                Assert.True(Value(pledges[i], firm[i]) <= condition.Ratio * others.Sum(j => Value(pledges[j], firm[j])));
                Assert.True(firm[i] <= (condition.UpTo ?? long.MaxValue));
            }
        }
    }

    /// <summary>The largest of all divisions in which each pledge has no more than its conditions let it have: the union of them is one of them.</summary>
    private static long[] Greatest(ConfirmedPledge[] pledges)
    {
        var greatest = pledges.Select(pledge => pledge.Received).ToArray();
        var firm = pledges.Select(pledge => pledge.IsConditional ? pledge.Received : pledge.Confirmed.Minor).ToArray();
        do
        {
            if (Enumerable.Range(0, pledges.Length).All(i => firm[i] <= MostOf(pledges, firm, i)))
                for (var i = 0; i < firm.Length; i++) greatest[i] = Math.Max(greatest[i], firm[i]);
        }
        while (Next());
        return greatest;

        bool Next()
        {
            for (var i = 0; i < firm.Length; i++)
            {
                if (!pledges[i].IsConditional) continue;
                if (++firm[i] <= pledges[i].Confirmed.Minor) return true;
                firm[i] = pledges[i].Received;
            }

            return false;
        }
    }
}
