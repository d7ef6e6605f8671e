using CsCheck;
using FundingFlow.Pledges;
using FundingFlow.Projects;
using FundingFlow.Sustainability;
using static FundingFlow.Tests.Unit.Sustainability.Facts;

namespace FundingFlow.Tests.Unit.Sustainability;

public class RunwayTests
{
    /// <summary>100.00 a day through the whole of 2027, which has 365 days.</summary>
    private static readonly BudgetPeriod Year = new(Day(1, 1, 2027), Day(1, 1, 2028), 365_00_00, null);

    [Fact]
    public void Money_for_a_hundred_days_ends_on_the_hundred_and_first()
        => Assert.Equal(Day(4, 11, 2027), SecuredUntil([new Inflow(Today, 100_00_00)], Year));

    [Fact]
    public void One_cent_less_ends_a_day_earlier()
        => Assert.Equal(Day(4, 10, 2027), SecuredUntil([new Inflow(Today, 99_99_99)], Year));

    [Fact]
    public void Money_for_the_whole_plan_never_ends() => Assert.Null(SecuredUntil([new Inflow(Today, 365_00_00)], Year));

    [Fact]
    public void Without_a_budget_nothing_ends() => Assert.Null(SecuredUntil([], []));

    [Fact]
    public void Without_money_the_first_day_of_the_plan_is_not_secured() => Assert.Equal(Day(1, 1, 2027), SecuredUntil([], Year));

    [Fact]
    public void An_instalment_that_comes_in_time_carries_on()
        => Assert.Equal(Day(7, 20, 2027), SecuredUntil([new Inflow(Today, 100_00_00), new Inflow(Day(4, 11, 2027), 100_00_00)], Year));

    [Fact]
    public void An_instalment_that_comes_a_day_late_does_not()
        => Assert.Equal(Day(4, 11, 2027), SecuredUntil([new Inflow(Today, 100_00_00), new Inflow(Day(4, 12, 2027), 900_00_00)], Year));

    [Fact]
    public void A_shortfall_of_the_past_that_money_has_mended_is_history()
    {
        var begunLongAgo = new BudgetPeriod(Day(1, 1), Day(1, 1, 2027), 365_00_00, null);
        Assert.Equal(Day(12, 27), SecuredUntil([new Inflow(Today, 360_00_00)], begunLongAgo));
        Assert.Equal(Day(4, 11), SecuredUntil([new Inflow(Today, 100_00_00)], begunLongAgo));
    }

    [Fact]
    public void What_was_really_spent_replaces_the_plan()
    {
        BudgetPeriod past = new(Day(1, 1), Day(11, 1), 100_00, 300_00);
        Assert.Equal(Day(10, 24), SecuredUntil([new Inflow(Today, 293_00)], past));
        BudgetPeriod frugal = past with { Spent = 20_00 };
        Assert.Null(SecuredUntil([new Inflow(Today, 20_00)], frugal));
    }

    [Fact]
    public void In_a_running_period_the_rest_of_the_plan_is_spread_over_the_days_left()
    {
        // 10 of 20 days have passed; 30 of 100 are spent, so 70 are left for 10 days: 7 a day.
        var running = new SpendingPlan([new BudgetPeriod(Day(11, 14), Day(12, 4), 100, 30)], Today);
        Assert.Equal(30, running.Before(Today));
        Assert.Equal(37, running.Before(Today.AddDays(1)));
        Assert.Equal(100, running.Before(Day(12, 4)));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(0, 0)]
    [InlineData(29, 29)]
    [InlineData(-5, 0)]
    public void Runway_counts_the_days_from_today_and_not_below_none(int? ahead, int? expected)
        => Assert.Equal(expected, Runway.Days(ahead is { } days ? Today.AddDays(days) : null, Today));

    [Theory]
    [InlineData(0, 4)]
    [InlineData(29, 4)]
    [InlineData(30, 2)]
    [InlineData(89, 2)]
    [InlineData(90, 1)]
    [InlineData(null, 1)]
    public void Urgency_follows_the_runway(int? days, int expected) => Assert.Equal(expected, Urgency.Of(days));

    [Fact]
    public void A_commitment_arrives_by_its_instalments_and_receipts_settle_the_earliest()
    {
        Instalment[] schedule = [new(Day(3, 1, 2027), 600), new(Day(1, 1, 2027), 400)];
        var expected = ExpectedInflow.Of([new FundedPart(Allocation(committed: 350, received: 150), schedule)], Today, moment => DateOnly.FromDateTime(moment.UtcDateTime));
        // 500 of the pledge's 1,000: 200 by January, of which 150 came; 300 by March.
        Assert.Equal([new Inflow(Today, 150), new Inflow(Day(1, 1, 2027), 50), new Inflow(Day(3, 1, 2027), 300)], expected.Inflows);
        Assert.Empty(expected.Arrears);
    }

    [Fact]
    public void What_is_overdue_is_owed_and_not_counted_on()
    {
        Instalment[] schedule = [new(Today.AddDays(-1), 600), new(Today, 400)];
        var expected = ExpectedInflow.Of([new FundedPart(Allocation(committed: 350, received: 150), schedule)], Today, moment => DateOnly.FromDateTime(moment.UtcDateTime));
        // 500 of the pledge's 1,000: 300 were due yesterday, of which 150 came; 200 are due today.
        Assert.Equal([new Inflow(Today, 150), new Inflow(Today, 200)], expected.Inflows);
        Assert.Equal([new Inflow(Today.AddDays(-1), 150)], expected.Arrears);
    }

    [Fact]
    public void A_commitment_without_a_schedule_counts_from_the_day_it_was_placed_and_a_proposal_not_at_all()
        => Assert.Equal(
            [new Inflow(Today, 70)],
            ExpectedInflow.Of([new FundedPart(Allocation(committed: 70, proposed: 900), [])], Today, moment => DateOnly.FromDateTime(moment.UtcDateTime)).Inflows);

    [Fact]
    public void What_is_still_due_sums_to_the_commitment()
        => Gen.Select(Gen.Long[1, 1_000_000].Array[1, 8], Gen.Long[0, 10_000_000_000], Gen.Long[0, 10_000_000_000])
            .Sample((parts, committed, received) =>
            {
                var schedule = parts.Select((minor, i) => new Instalment(Today.AddDays(37 * i % 11), minor)).ToList();
                var due = InstalmentPlan.StillDue(schedule, committed, received);
                return due.Sum(instalment => instalment.Minor) == committed && due.All(instalment => instalment.Minor > 0);
            }, iter: 10_000);

    [Fact]
    public void The_answer_is_the_day_that_counting_day_by_day_finds()
    {
        var day = Gen.Int[-60, 200].Select(Today.AddDays);
        var period = Gen.Select(day, Gen.Int[1, 60], Gen.Long[0, 5_000], Gen.Bool, Gen.Long[0, 5_000])
            .Select(p => new BudgetPeriod(p.Item1, p.Item1.AddDays(p.Item2), p.Item3, p.Item4 ? p.Item5 : null));
        var inflow = Gen.Select(day, Gen.Long[0, 4_000]).Select(i => new Inflow(i.Item1, i.Item2));
        Gen.Select(period.Array[0, 4], inflow.Array[0, 5])
            .Sample((budget, inflows) => SecuredUntil(inflows, budget) == ByCounting(inflows, budget), iter: 10_000);
    }

    private static DateOnly? SecuredUntil(Inflow[] inflows, params BudgetPeriod[] budget)
        => Runway.SecuredUntil(new SpendingPlan(budget, Today), inflows, Today);

    private static DateOnly? ByCounting(Inflow[] inflows, BudgetPeriod[] budget)
    {
        var plan = new SpendingPlan(budget, Today);
        for (var day = Today.AddDays(-80); day < Today.AddDays(300); day = day.AddDays(1))
            if (plan.Before(day.AddDays(1)) > inflows.Where(inflow => inflow.On <= day || inflow.On <= Today).Sum(inflow => inflow.Minor))
                return day;
        return null;
    }
}
