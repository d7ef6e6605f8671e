using CsCheck;
using FundingFlow.Pledges;

namespace FundingFlow.Tests.Unit.Pledges;

public sealed class InstalmentPlanTests
{
    private static readonly DateOnly March = new(2027, 3, 1);
    private static readonly DateOnly June = new(2027, 6, 1);

    /// <summary>60 in March, 40 in June; the later one was written first.</summary>
    private static readonly Instalment[] Schedule = [new(June, 40), new(March, 60)];

    [Fact]
    public void A_receipt_settles_the_earliest_instalment_over_its_allocations_and_then_the_next()
    {
        // By the matrix March is owed 30 of each allocation's 50, June 20 of each.
        Assert.Equal([15, 15], Settle(30, new PaidPart(50, 0), new PaidPart(50, 0)));
        Assert.Equal([30, 30], Settle(60, new PaidPart(50, 0), new PaidPart(50, 0)));
        Assert.Equal([36, 35], Settle(71, new PaidPart(50, 0), new PaidPart(50, 0)));
        Assert.Equal([50, 50], Settle(100, new PaidPart(50, 0), new PaidPart(50, 0)));
    }

    [Fact]
    public void What_one_allocation_has_paid_ahead_the_others_still_owe_first()
        // The first allocation has paid its March; the second owes all of its 30 before June comes.
        => Assert.Equal([0, 30], Settle(30, new PaidPart(20, 30), new PaidPart(50, 0)));

    [Fact]
    public void Above_what_is_committed_nothing_is_settled() => Assert.Equal([50, 50], Settle(170, new PaidPart(50, 0), new PaidPart(50, 0)));

    [Fact]
    public void Without_a_schedule_a_receipt_is_spread_by_what_each_allocation_owes()
    {
        var plan = InstalmentPlan.Of([], [new PaidPart(20, 30), new PaidPart(60, 0)]);
        Assert.Equal([new InstalmentShare(null, 80, 30)], plan.Shares);
        Assert.Equal([10, 30], plan.Settle(40));
    }

    [Fact]
    public void Shares_say_what_of_each_instalment_came()
        => Assert.Equal(
            [new InstalmentShare(March, 25, 35), new InstalmentShare(June, 35, 5)],
            // The first allocation settled its 30 of March and 5 of June, the second 5 of March.
            InstalmentPlan.Of(Schedule, [new PaidPart(15, 35), new PaidPart(45, 5)]).Shares);

    [Fact]
    public void Receipts_in_any_pieces_end_where_one_receipt_ends_by_instalment()
        => Gen.Select(Gen.Long[1, 10_000].Array[1, 6], Gen.Long[0, 5_000].Array[1, 6], Gen.Long[0, 4_000].Array[0, 6]).Sample((minors, committed, receipts) =>
        {
            Instalment[] schedule = [.. minors.Select((minor, i) => new Instalment(March.AddDays(i), minor))];
            PaidPart[] atOnce = [.. committed.Select(minor => new PaidPart(minor, 0))];
            var pieces = receipts.Aggregate(atOnce, (parts, receipt) => Paid(schedule, parts, receipt));
            var whole = Paid(schedule, atOnce, receipts.Sum());
            Assert.Equal(InstalmentPlan.Of(schedule, whole).Shares, InstalmentPlan.Of(schedule, pieces).Shares);
        }, iter: 3_000);

    [Fact]
    public void No_receipt_changes_what_an_instalment_is_owed_in_all()
        => Gen.Select(Gen.Long[1, 10_000].Array[1, 6], Gen.Long[0, 5_000].Array[1, 6], Gen.Long[0, 9_000]).Sample((minors, committed, receipt) =>
        {
            Instalment[] schedule = [.. minors.Select((minor, i) => new Instalment(March.AddDays(i), minor))];
            PaidPart[] parts = [.. committed.Select(minor => new PaidPart(minor, 0))];
            var paid = Paid(schedule, parts, receipt);
            Assert.Equal(Math.Min(receipt, committed.Sum()), paid.Sum(part => part.Received));
            Assert.Equal(InstalmentPlan.Of(schedule, parts).Shares.Select(share => share.Committed),
                InstalmentPlan.Of(schedule, paid).Shares.Select(share => share.Committed + share.Received));
        }, iter: 3_000);

    private static long[] Settle(long minor, params PaidPart[] parts) => InstalmentPlan.Of(Schedule, parts).Settle(minor);

    private static PaidPart[] Paid(Instalment[] schedule, PaidPart[] parts, long receipt)
    {
        var settled = InstalmentPlan.Of(schedule, parts).Settle(receipt);
        return [.. parts.Select((part, j) => new PaidPart(part.Committed - settled[j], part.Received + settled[j]))];
    }
}
