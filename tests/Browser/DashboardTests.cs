using FundingFlow.Functions.Dashboard;
using FundingFlow.Tests.Unit.Dashboard;
using Microsoft.Playwright;

namespace FundingFlow.Tests.Browser;

public sealed class DashboardTests(BrowserFixture browser)
{
    [Theory]
    [InlineData(360, ColorScheme.Light)]
    [InlineData(360, ColorScheme.Dark)]
    [InlineData(1400, ColorScheme.Light)]
    [InlineData(1400, ColorScheme.Dark)]
    [InlineData(1600, ColorScheme.Light)]
    public async Task The_overview_is_accessible_and_nothing_sticks_out(int width, ColorScheme scheme)
        => await LookAsync(OverviewPageTests.Page(Views.Busy), $"dashboard-{width}-{scheme}".ToLowerInvariant(), width, scheme);

    [Theory]
    [InlineData(360)]
    [InlineData(1400)]
    public async Task Names_without_a_space_do_not_make_it_wider(int width)
        => await LookAsync(OverviewPageTests.Page(Views.LongNames), $"dashboard-long-names-{width}", width, ColorScheme.Light);

    [Theory]
    [InlineData(360, ColorScheme.Light)]
    [InlineData(1400, ColorScheme.Dark)]
    public async Task An_empty_forum_is_too(int width, ColorScheme scheme)
        => await LookAsync(OverviewPageTests.Page(Views.Empty), $"dashboard-empty-{width}-{scheme}".ToLowerInvariant(), width, scheme);

    [Theory]
    [InlineData(360, ColorScheme.Light)]
    [InlineData(1400, ColorScheme.Dark)]
    public async Task The_form_that_asks_for_a_key_is_too(int width, ColorScheme scheme)
        => await LookAsync(LoginPage.Of("Forum of Cities", "This key is not known here.", "n0nce").ToString(),
            $"dashboard-login-{width}-{scheme}".ToLowerInvariant(), width, scheme);

    private async Task LookAsync(string html, string name, int width, ColorScheme scheme)
    {
        var page = await browser.NewPageAsync(width);
        await page.EmulateMediaAsync(new() { ColorScheme = scheme });
        await page.SetContentAsync(html);
        await browser.ScreenshotAsync(page, name);
        await browser.AssertAccessibleAsync(page);
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width, "The page scrolls sideways.");
        await page.CloseAsync();
    }
}
