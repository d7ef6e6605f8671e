using FundingFlow.Access;
using FundingFlow.Functions.Dashboard;
using FundingFlow.Sustainability.Overview;

namespace FundingFlow.Tests.Unit.Dashboard;

public class OverviewPageTests
{
    private static readonly string Busy = Page(Views.Busy);

    [Fact]
    public void The_headline_says_coverage_gap_and_what_is_outstanding()
    {
        Assert.Contains("43 % of the money that projects ask for is committed or there", Busy, StringComparison.Ordinal);
        Assert.Contains("EUR 607,430 is not funded yet; EUR 141,905.50 is pledged and waits to be committed", Busy, StringComparison.Ordinal);
        Assert.Contains("EUR 141,905.50", Busy, StringComparison.Ordinal);
        Assert.Contains("for want of an exchange rate: RWF", Busy, StringComparison.Ordinal);
        Assert.Contains("Failed messages", Busy, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_from_outside_is_never_markup()
    {
        Assert.DoesNotContain("<script", Busy, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Glocal travel &lt;script&gt;", Busy, StringComparison.Ordinal);
    }

    [Fact]
    public void Projects_come_in_the_order_asked_for_and_the_column_says_so()
    {
        Assert.True(Before(Busy, "A shaded sports ground", "Peri-urban farms"));
        var byName = Page(Views.Busy, ProjectOrder.Name);
        Assert.True(Before(byName, "City gateways", "Peri-urban farms"));
        Assert.Contains("aria-sort=\"ascending\"><a href=\"?sort=name#projects\"", byName, StringComparison.Ordinal);
        Assert.True(Before(Page(Views.Busy, ProjectOrder.Ends), "The soap makers", "A shaded sports ground"));
        Assert.True(Before(Page(Views.Busy, ProjectOrder.Coverage), "A shaded sports ground", "The soap makers"));
    }

    [Theory]
    [InlineData("coverage", ProjectOrder.Coverage)]
    [InlineData("ends", ProjectOrder.Ends)]
    [InlineData("", ProjectOrder.Gap)]
    [InlineData("\"><script>", ProjectOrder.Gap)]
    public void An_unknown_order_means_the_largest_gap_first(string text, ProjectOrder order) => Assert.Equal(order, ProjectOrders.From(text));

    [Fact]
    public void An_alert_says_what_to_do_with_amounts_that_can_be_read()
    {
        Assert.Contains("<span class=\"tag critical\">▲ Critical</span> <b>An open digital library for Sarajevo</b>", Busy, StringComparison.Ordinal);
        Assert.Contains("<dt>missing</dt><dd>EUR 28,500</dd>", Busy, StringComparison.Ordinal);
        Assert.Contains("Culture: EUR 49,000 is open", Busy, StringComparison.Ordinal);
        Assert.Contains("12 Nov 2026</time>, acknowledged", Busy, StringComparison.Ordinal);
    }

    [Fact]
    public void Counts_are_written_as_amounts_are()
    {
        var page = Page(Views.LongNames);
        Assert.Contains("<dd>1,234</dd>", page, StringComparison.Ordinal);
        Assert.Contains("<summary>1,228 more</summary>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Over_funding_stays_visible() => Assert.Contains("EUR 2,500 above", Busy, StringComparison.Ordinal);

    [Fact]
    public void What_some_projects_have_above_their_requirement_does_not_hide_what_others_lack()
    {
        var over = new Funding(Views.Euro, 200_00, 0, 300_00, 0);
        GapOf[] projects = [new("a", "A", "", over with { Required = 100_00 }, []), new("b", "B", "", over with { Required = 100_00, Committed = 0 }, [])];
        Assert.Contains("but not where all of it is needed", Page(Views.Empty with { Total = over, Projects = projects }), StringComparison.Ordinal);
        Assert.Contains("All the money asked for is committed or there", Page(Views.Empty with { Total = over, Projects = projects[..1] }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_waiting_pledge_says_why_in_words()
    {
        Assert.Contains("no exchange rate for RWF: state one with PUT /api/rates", Busy, StringComparison.Ordinal);
        Assert.Contains("RWF 6,500,000", Busy, StringComparison.Ordinal);
        Assert.Contains("no project asks for “refereeing”, which the catalogue does not know", Busy, StringComparison.Ordinal);
        Assert.Contains("34 days", Busy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_forum_without_anything_yet_gets_sentences_instead_of_empty_tables()
    {
        var page = Page(Views.Empty);
        Assert.Contains("No project asks for money yet", page, StringComparison.Ordinal);
        Assert.Contains("Nothing is out of bounds.", page, StringComparison.Ordinal);
        Assert.Contains("Everything pledged has found a project.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Failed messages", page, StringComparison.Ordinal);
    }

    [Fact]
    public void It_renews_itself_only_for_who_asked_and_keeps_the_order()
    {
        Assert.DoesNotContain("http-equiv=\"refresh\"", Busy, StringComparison.Ordinal);
        Assert.Contains("href=\"?sort=gap&amp;renew=1\">Renew every minute", Busy, StringComparison.Ordinal);
        var renewing = Page(Views.Busy, ProjectOrder.Ends, renews: true);
        Assert.Contains("<meta http-equiv=\"refresh\" content=\"60\">", renewing, StringComparison.Ordinal);
        Assert.Contains("href=\"?sort=name&amp;renew=1#projects\"", renewing, StringComparison.Ordinal);
        Assert.Contains("href=\"?sort=ends\">Stop renewing", renewing, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_loaded_from_elsewhere()
        => Assert.DoesNotMatch("(src|href)=\"(https?:)?//", Busy);

    internal static string Page(OverviewView view, ProjectOrder order = ProjectOrder.Gap, bool renews = false)
        => OverviewPage.Of(view, new PageFacts("Forum of Cities", Role.Staff, "09:05", order, renews, "n0nce")).ToString().Replace("&#xA0;", " ", StringComparison.Ordinal);

    // The soonest to stop come first on the page: look only at the list of projects.
    private static bool Before(string page, string first, string second)
    {
        var list = page[page.IndexOf("id=\"projects\"", StringComparison.Ordinal)..];
        return list.IndexOf(first, StringComparison.Ordinal) is var at and >= 0 && at < list.IndexOf(second, StringComparison.Ordinal);
    }
}
