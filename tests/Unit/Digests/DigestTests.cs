using FundingFlow.Digests;
using FundingFlow.Ledger;
using FundingFlow.Money;
using FundingFlow.Partners;

namespace FundingFlow.Tests.Unit.Digests;

using Unit = FundingFlow.Money.Unit;

public class DigestTests
{
    private readonly CancellationToken stop = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("en")]
    [InlineData("it")]
    [InlineData("fr")]
    public async Task A_digest_reads_as_approved(string language)
    {
        var mail = (await Bench(SamplePledges.Forum(language)).NovemberAsync(stop))!;
        Assert.Multiple(
            () => ApprovedMail.Matches($"digest.{language}.txt", $"Subject: {mail.Subject}\n\n{mail.Text}"),
            () => ApprovedMail.Matches($"digest.{language}.html", mail.Html));
    }

    [Fact]
    public async Task The_same_contact_and_period_give_the_same_mail_at_any_hour()
    {
        var bench = Bench(SamplePledges.Forum("en"));
        var first = (await bench.NovemberAsync(stop))!;
        bench.Clock.Now += TimeSpan.FromHours(7);
        var second = (await bench.NovemberAsync(stop))!;
        Assert.Equal(first.MessageId, second.MessageId);
        Assert.Equal(first.Html, second.Html);
        Assert.EndsWith("@funding.example.org", first.MessageId, StringComparison.Ordinal);
        Assert.DoesNotContain("giulia", first.MessageId, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Mail_programs_find_how_to_unsubscribe_with_one_click()
    {
        var bench = Bench(SamplePledges.Forum("en"));
        var mail = (await bench.NovemberAsync(stop))!;
        Assert.Equal("List-Unsubscribe=One-Click", mail.Headers["List-Unsubscribe-Post"]);
        var link = mail.Headers["List-Unsubscribe"].Trim('<', '>');
        Assert.StartsWith("https://funding.example.org/unsubscribe?token=", link, StringComparison.Ordinal);
        Assert.Equal(new LinkSubject("rome", "giulia"), bench.Tokens.Read(link.Split('=', 2)[1], LinkPurpose.Unsubscribe));
        Assert.Contains(link, mail.Text, StringComparison.Ordinal);
        Assert.Contains(link, mail.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_no_pledge_there_is_nothing_to_say()
    {
        var forum = SamplePledges.Forum("en");
        forum.Pledges.Clear();
        Assert.Null(await Bench(forum).NovemberAsync(stop));
    }

    [Fact]
    public async Task When_nothing_changed_in_the_period_and_nothing_is_due_there_is_nothing_to_say()
    {
        var forum = SamplePledges.Forum("en");
        forum.Pledges.RemoveAll(pledge => pledge.Id != "rome.9laptops");
        Assert.Null(await Bench(forum).NovemberAsync(stop));
    }

    [Fact]
    public async Task What_others_wrote_is_text_and_never_markup()
    {
        var forum = SamplePledges.Forum("en");
        forum.Partners["rome"] = forum.Partners["rome"] with { Name = "<script>alert(1)</script>\" onload=\"x" };
        forum.Projects["kigali-farms"] = forum.Projects["kigali-farms"] with { Title = "<img src=x onerror=alert(1)>" };
        var mail = (await Bench(forum).NovemberAsync(stop))!;
        Assert.DoesNotContain("<script", mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("\" onload", mail.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_next_pledge_is_asked_for_only_where_it_would_be_taken_and_the_partner_gives()
    {
        var forum = SamplePledges.Forum("en");
        Assert.Contains("Pledge to this project", (await Bench(forum).NovemberAsync(stop))!.Text, StringComparison.Ordinal);
        Assert.Contains("nablus-school%29", (await Bench(forum).NovemberAsync(stop))!.Text, StringComparison.Ordinal);
        var rome = forum.Partners["rome"];
        forum.Partners["rome"] = rome with { Exclusions = new Exclusions([], ["nablus-school"], [], []) };
        Assert.Contains("kigali-farms%29", (await Bench(forum).NovemberAsync(stop))!.Text, StringComparison.Ordinal);
        forum.Partners["rome"] = rome with { Exclusions = new Exclusions([], [], [], ["RW"]) };
        Assert.DoesNotContain("Pledge to this project", (await Bench(forum).NovemberAsync(stop))!.Text, StringComparison.Ordinal);
        forum.Partners["rome"] = rome;
        var hall = forum.Positions.FindIndex(position => position.NeedId == "hall");
        forum.Positions[hall] = forum.Positions[hall] with { Closed = true };
        Assert.Contains("kigali-farms%29", (await Bench(forum).NovemberAsync(stop))!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_lines_fit_a_narrow_window_but_for_links()
        => Assert.All((await Bench(SamplePledges.Forum("fr")).NovemberAsync(stop))!.Text.Split('\n'), line
            => Assert.True(line.Length <= 72 || line.Contains("://", StringComparison.Ordinal) || line.Contains("mailto:", StringComparison.Ordinal), line));

    [Theory]
    [InlineData("en", 1234567_50, "EUR\u00a01,234,567.50")]
    [InlineData("it-CH", 1234567_50, "EUR\u00a01.234.567,50")]
    [InlineData("fr", 1234567_50, "EUR\u00a01\u00a0234\u00a0567,50")]
    [InlineData("pt", 1000_00, "EUR\u00a01,000")]
    public void Amounts_are_written_as_the_contact_reads_them(string language, long minor, string expected)
        => Assert.Equal(expected, Language.Of(language).Amount(minor, Unit.Of(Currency.Of("EUR"))));

    [Fact]
    public void Amounts_are_exact_to_the_last_unit()
        => Assert.Equal("EUR\u00a010,000,000,000,000.01", Language.English.Amount(Amount.Largest + 1, Unit.Of(Currency.Of("EUR"))));

    [Fact]
    public void The_first_of_a_month_is_written_as_the_contact_reads_it()
        => Assert.Equal(
            ["1 December 2026", "1 dicembre 2026", "1er décembre 2026", "11 décembre 2026"],
            new[] { Language.English.Date(new(2026, 12, 1)), Language.Of("it").Date(new(2026, 12, 1)), Language.Of("fr").Date(new(2026, 12, 1)), Language.Of("fr").Date(new(2026, 12, 11)) });

    [Fact]
    public void Articles_go_with_how_a_number_is_read()
        => Assert.Equal(
            ["on 8 November 2026", "il 7 novembre 2026", "l’8 novembre 2026", "l’11 novembre 2026", "le 8 novembre 2026"],
            new[] { Language.English.On(new(2026, 11, 8)) }.Concat(new[] { 7, 8, 11 }.Select(day => Language.Of("it").On(new(2026, 11, day)))).Append(Language.Of("fr").On(new(2026, 11, 8))));

    [Theory]
    [InlineData("audit", "40 heures d’audit")]
    [InlineData("coaching", "40 heures de coaching")]
    public void French_elides_before_a_vowel(string skill, string expected)
        => Assert.Equal(expected, Language.Of("fr").Amount(40_00, Unit.Hours(skill)));

    [Theory]
    [InlineData(Standing.Excluded, "Not placed yet: EUR\u00a07,500. As soon as a project comes that it fits, it goes there. There is room, but only where you do not give.")]
    [InlineData(Standing.Expired, "Not placed: EUR\u00a07,500. Its last day has passed.")]
    [InlineData(Standing.Declined, "Not placed: EUR\u00a07,500. The projects that you chose do not take it; answer this mail to say where it may go.")]
    public async Task What_stands_says_why(string standing, string expected)
    {
        var forum = SamplePledges.Forum("en");
        forum.Lines[0] = forum.Lines[0] with { Standing = standing };
        Assert.Contains(expected, (await Bench(forum).NovemberAsync(stop))!.Text.Replace("\n ", "", StringComparison.Ordinal).Replace("  ", " ", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reason_kept_before_it_had_data_is_told_in_English_and_marked_so()
    {
        var forum = SamplePledges.Forum("it");
        var part = forum.Allocations[0];
        forum.Allocations[0] = part with { Reasons = [new Reason(ReasonCode.Area, "It is a need in Sport."), new Reason("of-tomorrow", "It is new."), new Reason(ReasonCode.SameCountry, "The need is in your country.")] };
        var html = (await Bench(forum).NovemberAsync(stop))!.Html;
        Assert.Matches("<p lang=\"en\"[^>]*>It is a need in Sport. It is new.</p>", html);
        Assert.Matches("<p class=[^>]*>Il progetto è nel vostro Paese.</p>", html);
    }

    [Fact]
    public async Task What_is_told_of_a_pledge_sums_to_it_and_waits_only_where_something_can_come()
    {
        var forum = SamplePledges.Forum("en");
        var line = forum.Lines[0];
        forum.Lines[0] = line with { Unallocated = 5_000_00, WrittenOff = 2_500_00 };
        Assert.Contains("Written off: EUR\u00a02,500.", await TextAsync(), StringComparison.Ordinal);
        Assert.Contains("Not placed yet: EUR\u00a05,000.", await TextAsync(), StringComparison.Ordinal);
        forum.Lines[0] = line with { Standing = Standing.ProjectClosed };
        Assert.Contains("Not placed: EUR\u00a07,500. The projects that you chose do not take it;", await TextAsync(), StringComparison.Ordinal);
        forum.Lines[0] = line with { Closed = true, Standing = Standing.ReceivedAfterWithdrawal };
        Assert.Contains("Received after the end of the pledge: EUR\u00a07,500.", await TextAsync(), StringComparison.Ordinal);

        async Task<string> TextAsync() => (await Bench(forum).NovemberAsync(stop))!.Text.Replace("\n  ", " ", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DigestFrequency.Weekly, "16–22 November 2026", "16–22 novembre 2026")]
    [InlineData(DigestFrequency.Monthly, "November 2026", "novembre 2026")]
    [InlineData(DigestFrequency.Quarterly, "October–December 2026", "ottobre–dicembre 2026")]
    public void Periods_have_names(DigestFrequency frequency, string english, string italian)
    {
        var period = DigestPeriod.Containing(new DateOnly(2026, 11, 20), frequency);
        Assert.Equal(english, Language.English.Period(period));
        Assert.Equal(italian, Language.Of("it").Period(period));
    }

    private static DigestBench Bench(FakeForum forum) => new(forum, new RecordingMailer(), SamplePledges.Now);
}
