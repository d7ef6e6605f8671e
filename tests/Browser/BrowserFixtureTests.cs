using Xunit.Sdk;

namespace FundingFlow.Tests.Browser;

/// <summary>The judge is judged first: a good page passes, a bad one does not.</summary>
public sealed class BrowserFixtureTests(BrowserFixture browser)
{
    private const string Good = """
        <!doctype html><html lang="en"><head><title>Gaps</title></head>
        <body><main><h1>Gaps</h1><img alt="Half of the need is covered" src="data:,"></main></body></html>
        """;

    [Fact]
    public async Task A_good_page_is_accessible_and_can_be_looked_at()
    {
        var page = await browser.NewPageAsync(width: 390);
        await page.SetContentAsync(Good);
        await browser.AssertAccessibleAsync(page);
        Assert.Equal(390, await page.EvaluateAsync<int>("innerWidth"));

        var picture = await browser.ScreenshotAsync(page, "browser-fixture");
        Assert.True(new FileInfo(picture).Length > 0);
        await page.CloseAsync();
    }

    [Fact]
    public async Task A_page_with_a_picture_without_words_is_refused_with_the_rule_and_the_place()
    {
        var page = await browser.NewPageAsync();
        await page.SetContentAsync(Good.Replace("alt=\"Half of the need is covered\"", "id=\"coverage\"", StringComparison.Ordinal));
        var refusal = await Assert.ThrowsAsync<FailException>(() => browser.AssertAccessibleAsync(page));
        Assert.Contains("image-alt (critical)", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("<img id=\"coverage\"", refusal.Message, StringComparison.Ordinal);
        await page.CloseAsync();
    }

    [Fact]
    public void Without_a_browser_one_line_says_what_to_install()
    {
        var refusal = Assert.Throws<ChromiumMissingException>(() => Chromium.Find(null, _ => false));
        Assert.Contains("apt-get install chromium", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Fact]
    public void The_browser_that_the_environment_names_goes_before_the_usual_places()
    {
        Assert.Equal("/opt/chrome", Chromium.Find("/opt/chrome", _ => true));
        Assert.Throws<ChromiumMissingException>(() => Chromium.Find("/opt/chrome", path => path != "/opt/chrome"));
    }
}
