using System.Globalization;
using System.Numerics;
using FundingFlow.Functions.Http;
using FundingFlow.Sustainability.Overview;

namespace FundingFlow.Functions.Dashboard;

/// <summary>Funding against requirement as a bar: received, committed, then what is conditional and what is pledged but not committed; the rest is the gap.</summary>
internal static class Bar
{
    private const int Full = 1000;

    /// <param name="withConditional">Somewhere in the bars there is something conditional.</param>
    public static Html Legend(bool withConditional) => Html.Of($"""
        <ul class="key">
        <li><svg aria-hidden="true"><rect class="received" width="100%" height="100%"/></svg>received</li>
        <li><svg aria-hidden="true"><rect class="committed" width="100%" height="100%"/></svg>committed</li>
        {Html.When(withConditional, () => Html.Of($"<li><svg aria-hidden=\"true\"><rect class=\"conditional\" width=\"100%\" height=\"100%\"/></svg>conditional, waits for its match: no funding yet</li>"))}
        <li><svg aria-hidden="true"><rect class="outstanding" width="100%" height="100%"/></svg>pledged, not committed: no funding yet</li>
        <li><svg aria-hidden="true"><rect class="none" width="100%" height="100%"/></svg>nobody yet</li>
        </ul>
        """);

    /// <summary>The figures stand beside it as text, so that it is hidden from who listens.</summary>
    public static Html Of(Funding funding, bool tall = false)
    {
        var whole = BigInteger.Max(1, BigInteger.Max(funding.Required, funding.Funded));
        var received = Share(funding.Received, whole);
        var funded = Math.Max(received, Share(funding.Funded, whole));
        var conditional = Math.Min(Full, funded + Share(funding.Conditional, whole));
        var pledged = Math.Min(Full, conditional + Share(funding.Outstanding, whole));
        return Html.Of($"""
            <svg class="{(tall ? "bar tall" : "bar")}" aria-hidden="true">{Part("received", 0, received)}{Part("committed", received, funded)}{Part("conditional", funded, conditional)}{Part("outstanding", conditional, pledged)}</svg>
            """);
    }

    private static Html Part(string kind, int from, int to) => Html.When(to > from, () => Html.Of(
        $"<rect class=\"{kind}\" x=\"{Percent(from)}\" width=\"{Percent(to - from)}\" height=\"100%\"/>"));

    private static string Percent(int permille) => (permille / 10m).ToString(CultureInfo.InvariantCulture) + "%";

    private static int Share(BigInteger part, BigInteger whole) => (int)BigInteger.Clamp(part * Full / whole, 0, Full);
}
