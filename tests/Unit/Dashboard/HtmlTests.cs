using FundingFlow.Functions.Http;

namespace FundingFlow.Tests.Unit.Dashboard;

public class HtmlTests
{
    [Theory]
    [InlineData("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;")]
    [InlineData("Olive & Lemon", "Olive &amp; Lemon")]
    [InlineData("\" onmouseover=\"x", "&quot; onmouseover=&quot;x")]
    [InlineData("it's", "it&#x27;s")]
    [InlineData("ראשון לציון", "ראשון לציון")]
    public void A_hole_is_encoded_in_text_and_in_attributes(string data, string encoded)
    {
        Assert.Equal($"<p>{encoded}</p>", Html.Of($"<p>{data}</p>").ToString());
        Assert.Equal($"<p title=\"{encoded}\">x</p>", Html.Of($"<p title=\"{data}\">x</p>").ToString());
    }

    [Fact]
    public void Markup_in_a_hole_stays_markup_and_lists_are_joined()
    {
        var items = new[] { "a", "<b>" }.Select(text => Html.Of($"<li>{text}</li>"));
        Assert.Equal("<ul><li>a</li><li>&lt;b&gt;</li></ul>", Html.Of($"<ul>{items}</ul>").ToString());
        Assert.Equal("<p></p>", Html.Of($"<p>{Html.Empty}{(string?)null}</p>").ToString());
    }

    [Fact]
    public void Where_encoding_does_not_protect_a_hole_is_refused()
    {
        const string data = "x";
        Assert.Throws<InvalidOperationException>(() => Html.Of($"<p title={data}>"));
        Assert.Throws<InvalidOperationException>(() => Html.Of($"<{data}>"));
        Assert.Throws<InvalidOperationException>(() => Html.Of($"<script>{data}</script>"));
        Assert.Throws<InvalidOperationException>(() => Html.Of($"<style nonce=\"n\">{data}</style>"));
        Assert.Throws<InvalidOperationException>(() => Html.Of($"<p onclick=\"{data}\">"));
        Assert.Throws<InvalidOperationException>(() => Html.Of($"<p style=\"color:{data}\">"));
        Assert.Throws<InvalidOperationException>(() => Html.Of($"<p title=\"{Html.Empty}\">"));
    }

    [Theory]
    [InlineData("/p/token", true)]
    [InlineData("https://forum.example.org/", true)]
    [InlineData("?sort=gap", true)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData(" javascript:alert(1)", false)]
    [InlineData("//elsewhere.example.org", false)]
    [InlineData("/\\elsewhere.example.org", false)]
    [InlineData("data:text/html,x", false)]
    public void A_link_stays_within_http_and_this_site(string link, bool isSafe)
    {
        if (isSafe) Assert.Contains("href=", Html.Of($"<a href=\"{link}\">x</a>").ToString(), StringComparison.Ordinal);
        else Assert.Throws<InvalidOperationException>(() => Html.Of($"<a href=\"{link}\">x</a>"));
    }

    [Fact]
    public void After_a_style_the_page_takes_holes_again()
        => Assert.Equal("<style>a { b: c }</style><p>x &gt; y</p>", Html.Of($$"""<style>a { b: c }</style><p>{{"x > y"}}</p>""").ToString());
}
