using FundingFlow.Sustainability;
using static FundingFlow.Tests.Unit.Sustainability.Facts;

namespace FundingFlow.Tests.Unit.Sustainability;

public class AlertStepTests
{
    private static readonly Alert Warned = Next(null, Severity.Warning)!;

    [Fact]
    public void Nothing_stands_and_all_is_well_so_nothing_is_written() => Assert.Null(Next(null, null));

    [Fact]
    public void A_reading_opens_the_first_alert()
    {
        Assert.Equal("short-runway.farm.1", Warned.Id);
        Assert.Equal(AlertState.Open, Warned.StateOn(Today));
        Assert.Equal(["opened"], Warned.History.Select(happened => happened.What));
    }

    [Fact]
    public void The_same_reading_again_changes_nothing() => Assert.Null(Next(Warned, Severity.Warning));

    [Fact]
    public void New_figures_are_kept_without_an_event()
    {
        var next = Next(Warned, Severity.Warning, "31")!;
        Assert.Equal("31", next.Figures["days"]);
        Assert.Single(next.History);
    }

    [Fact]
    public void Recovery_closes_it_and_a_relapse_opens_the_next()
    {
        var closed = Next(Warned, null)!;
        Assert.Equal(AlertState.Closed, closed.StateOn(Today));
        Assert.Null(Next(closed, null));
        Assert.Equal("short-runway.farm.2", Next(closed, Severity.Watch)!.Id);
    }

    [Fact]
    public void Acknowledged_it_stays_so_until_its_severity_rises()
    {
        var seen = Warned with { Acknowledged = true };
        Assert.Equal(AlertState.Acknowledged, seen.StateOn(Today));
        Assert.Equal(AlertState.Acknowledged, Next(seen, Severity.Watch)!.StateOn(Today));
        Assert.Equal(AlertState.Open, Next(seen, Severity.Critical)!.StateOn(Today));
    }

    [Fact]
    public void Snoozed_it_is_quiet_before_the_day_and_awake_on_it()
    {
        var snoozed = Warned with { SnoozedUntil = Today.AddDays(3) };
        Assert.Equal(AlertState.Snoozed, snoozed.StateOn(Today.AddDays(2)));
        Assert.Equal(AlertState.Open, snoozed.StateOn(Today.AddDays(3)));
        Assert.Equal(AlertState.Open, Next(snoozed, Severity.Critical)!.StateOn(Today));
    }

    [Fact]
    public void Resolved_by_hand_it_stays_quiet_while_its_cause_stays()
    {
        var resolved = Warned with { ResolvedAt = Noon };
        Assert.Null(Next(resolved, Severity.Warning, "5"));
        Assert.Equal(AlertState.Resolved, Next(resolved, Severity.Watch)!.StateOn(Today));
    }

    [Fact]
    public void Resolved_by_hand_it_opens_again_when_its_severity_rises_from_what_it_had_fallen_to()
    {
        var fell = Next(Warned with { ResolvedAt = Noon }, Severity.Watch)!;
        Assert.Null(Next(fell, Severity.Watch));
        Assert.Equal((2, AlertState.Open), (Next(fell, Severity.Warning)!.Number, Next(fell, Severity.Warning)!.StateOn(Today)));
    }

    [Fact]
    public void Resolved_by_hand_it_opens_again_when_its_severity_rises_or_after_it_had_recovered()
    {
        var resolved = Warned with { ResolvedAt = Noon };
        Assert.Equal(2, Next(resolved, Severity.Critical)!.Number);
        var recovered = Next(resolved, null)!;
        Assert.Equal(AlertState.Closed, recovered.StateOn(Today));
        Assert.Equal(2, Next(recovered, Severity.Warning)!.Number);
    }

    [Fact]
    public void A_second_rise_is_news_again()
    {
        var mailed = Next(null, Severity.Critical)! with { MailedSeverity = Severity.Critical };
        Assert.False(mailed.IsNewsOn(Today));
        var fell = Next(mailed, Severity.Watch)!;
        Assert.False(fell.IsNewsOn(Today));
        Assert.True(Next(fell, Severity.Critical)!.IsNewsOn(Today));
    }

    [Theory]
    [InlineData("short-runway.farm.1", true)]
    [InlineData("failed-message.rome.7f3k.12", true)]
    [InlineData("short-runway.farm.0", false)]
    [InlineData("short-runway.farm.+1", false)]
    [InlineData("short-runway..1", false)]
    [InlineData(".farm.1", false)]
    [InlineData("short-runway.farm", false)]
    [InlineData("short-runway.fa/rm.1", false)]
    [InlineData("short-runway.fa rm.1", false)]
    [InlineData("", false)]
    public void Only_ids_that_were_given_out_are_read(string id, bool known) => Assert.Equal(known, AlertId.Parse(id) is not null);

    private static Alert? Next(Alert? last, Severity? severity, string days = "40")
        => AlertStep.Next(last, "short-runway", "farm", severity is { } s ? new AlertReading(s, new Dictionary<string, string> { ["days"] = days }, "Do this.") : null, Noon);
}
