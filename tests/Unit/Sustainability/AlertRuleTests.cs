using FundingFlow.Projects;
using FundingFlow.Sustainability;
using FundingFlow.Sustainability.Rules;
using Microsoft.Extensions.Options;
using static FundingFlow.Tests.Unit.Sustainability.Facts;

namespace FundingFlow.Tests.Unit.Sustainability;

public class AlertRuleTests
{
    private static readonly ShortRunway ShortRunway = new(Options.Create(new ShortRunwayOptions()));
    private static readonly FundingGap FundingGap = new(Options.Create(new FundingGapOptions()));

    [Theory]
    // Nothing stands: it opens below its threshold.
    [InlineData(null, null, null)]
    [InlineData(null, 90, null)]
    [InlineData(null, 89, Severity.Watch)]
    [InlineData(null, 60, Severity.Watch)]
    [InlineData(null, 59, Severity.Warning)]
    [InlineData(null, 30, Severity.Warning)]
    [InlineData(null, 29, Severity.Critical)]
    [InlineData(null, 0, Severity.Critical)]
    // It stands: it ends only 7 days above.
    [InlineData(Severity.Watch, 90, Severity.Watch)]
    [InlineData(Severity.Watch, 96, Severity.Watch)]
    [InlineData(Severity.Watch, 97, null)]
    [InlineData(Severity.Watch, 59, Severity.Warning)]
    [InlineData(Severity.Watch, 60, Severity.Watch)]
    [InlineData(Severity.Warning, 66, Severity.Warning)]
    [InlineData(Severity.Warning, 67, Severity.Watch)]
    [InlineData(Severity.Critical, 36, Severity.Critical)]
    [InlineData(Severity.Critical, 37, Severity.Warning)]
    [InlineData(Severity.Critical, 96, Severity.Watch)]
    [InlineData(Severity.Critical, 97, null)]
    [InlineData(Severity.Critical, null, null)]
    public void A_short_runway_opens_at_one_threshold_and_ends_at_a_higher_one(Severity? standing, int? days, Severity? expected)
        => Assert.Equal(expected, ShortRunway.Evaluate(Figures(runway: days), standing, Today)?.Severity);

    [Fact]
    public void A_plan_whose_last_day_has_passed_has_no_runway_to_watch()
        => Assert.Null(ShortRunway.Evaluate(Figures(runway: 0) with { PlanEndsBefore = Today }, Severity.Critical, Today));

    [Theory]
    // Far off, or no start stated: only the least is watched.
    [InlineData(null, null, 25, null)]
    [InlineData(null, null, 24, Severity.Watch)]
    [InlineData(91, null, 0, Severity.Watch)]
    [InlineData(91, Severity.Watch, 29, Severity.Watch)]
    [InlineData(91, Severity.Watch, 30, null)]
    // It starts within 90 days.
    [InlineData(90, null, 75, null)]
    [InlineData(90, null, 74, Severity.Watch)]
    [InlineData(90, null, 49, Severity.Warning)]
    [InlineData(1, Severity.Warning, 54, Severity.Warning)]
    [InlineData(1, Severity.Warning, 55, Severity.Watch)]
    [InlineData(1, Severity.Watch, 79, Severity.Watch)]
    [InlineData(1, Severity.Watch, 80, null)]
    // It runs.
    [InlineData(0, null, 80, null)]
    [InlineData(0, null, 79, Severity.Warning)]
    [InlineData(-30, null, 49, Severity.Critical)]
    [InlineData(-30, Severity.Critical, 54, Severity.Critical)]
    [InlineData(-30, Severity.Critical, 55, Severity.Warning)]
    [InlineData(-30, Severity.Warning, 84, Severity.Warning)]
    [InlineData(-30, Severity.Warning, 85, null)]
    public void A_funding_gap_weighs_more_the_nearer_the_project_is(int? startsIn, Severity? standing, int coverage, Severity? expected)
    {
        DateOnly? startsOn = startsIn is { } days ? Today.AddDays(days) : null;
        Assert.Equal(expected, FundingGap.Evaluate(Figures(coverage, startsOn: startsOn), standing, Today)?.Severity);
    }

    [Fact]
    public void A_project_that_has_ended_has_no_gap_to_close()
    {
        Assert.NotNull(FundingGap.Evaluate(Figures(0, startsOn: Today.AddDays(-9), endsOn: Today), null, Today));
        Assert.Null(FundingGap.Evaluate(Figures(0, startsOn: Today.AddDays(-9), endsOn: Today.AddDays(-1)), Severity.Critical, Today));
    }

    [Fact]
    public void A_project_that_has_ended_or_is_closed_asks_nobody_for_money()
    {
        var closed = Figures(0, runway: 9, startsOn: Today.AddDays(-9));
        closed = closed with { Project = closed.Project with { Status = ProjectStatus.Closed } };
        Assert.Null(FundingGap.Evaluate(closed, Severity.Critical, Today));
        Assert.Null(ShortRunway.Evaluate(closed, Severity.Critical, Today));
        Assert.NotNull(ShortRunway.Evaluate(Figures(runway: 9, endsOn: Today), null, Today));
        Assert.Null(ShortRunway.Evaluate(Figures(runway: 9, endsOn: Today.AddDays(-1)), Severity.Critical, Today));
    }

    [Fact]
    public void A_project_that_has_all_the_money_has_no_gap_however_high_the_thresholds_are()
    {
        var strict = new FundingGap(Options.Create(new FundingGapOptions { RunningWarningBelow = 100 }));
        Assert.Equal(Severity.Warning, strict.Evaluate(Figures(99, startsOn: Today), null, Today)?.Severity);
        Assert.Null(strict.Evaluate(Figures(100, startsOn: Today), Severity.Warning, Today));
    }

    [Fact]
    public void A_project_that_requires_no_money_has_no_gap()
        => Assert.Null(FundingGap.Evaluate(Figures(0) with { Requirement = 0 }, null, Today));

    [Theory]
    [InlineData(0, "Look for partners interested in Socio-economic: EUR 60.00 is open and nothing is proposed for it.")]
    [InlineData(20_00, "Ask the partners to confirm the EUR 20.00 proposed for it; another EUR 40.00 has still to be found.")]
    [InlineData(60_00, "Ask the partners to confirm the EUR 60.00 proposed for it: that closes the gap.")]
    public void A_gap_says_what_staff_can_do(long proposed, string advice)
        => Assert.Equal(advice, FundingGap.Evaluate(Figures(40, startsOn: Today, proposed: proposed), null, Today)!.Advice);

    [Theory]
    [InlineData(300_000, 0, 0, "Nothing is proposed for it. Look for partners interested in Socio-economic: EUR 2000.00 more carries it to the end of its plan.")]
    [InlineData(300_000, 500_00, 0, "Ask the partners to confirm the EUR 500.00 proposed for it; another EUR 1500.00 carries it to the end of its plan.")]
    [InlineData(300_000, 2000_00, 0, "Ask the partners to confirm the EUR 2000.00 proposed for it: that carries it to the end of its plan.")]
    [InlineData(500_000, 0, 4_00, "Ask the partners for the EUR 4.00 that is overdue: its money is promised to the end of its plan, and late.")]
    [InlineData(500_000, 0, 0, "Ask the partners whose instalments fall due later to pay before 2026-12-06: its money is promised to the end of its plan, and comes too late.")]
    public void A_short_runway_says_what_staff_can_do(long expected, long proposed, long arrears, string advice)
        => Assert.Equal(advice, ShortRunway.Evaluate(Figures(runway: 12, proposed: proposed) with { Expected = expected, Arrears = arrears }, null, Today)!.Advice);

    [Fact]
    public void Readings_carry_the_figures_that_led_to_them()
    {
        var reading = ShortRunway.Evaluate(Figures(runway: 12), null, Today)!;
        Assert.Equal("2026-12-06", reading.Figures["securedUntil"]);
        Assert.Equal("12", reading.Figures["runwayDays"]);
        Assert.Equal("EUR 2000.00", reading.Figures["missingToEndOfPlan"]);
    }
}
