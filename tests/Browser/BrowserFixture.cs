using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using FundingFlow.Tests.Browser;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(BrowserFixture))]

namespace FundingFlow.Tests.Browser;

/// <summary>One browser for all tests that look at pages; it starts when the first of them asks for a page.</summary>
public sealed class BrowserFixture : IAsyncDisposable
{
    private static readonly string[] Unacceptable = ["serious", "critical"];

    private readonly Lazy<Task<(IPlaywright Playwright, IBrowser Browser)>> running = new(StartAsync);

    /// <summary>A page in a context of its own: no cookie of another test is in it. Close it, or leave it to the fixture.</summary>
    /// <param name="width">In CSS pixels; 1280 is a desk, 390 a phone.</param>
    public async Task<IPage> NewPageAsync(int width = 1280)
        => await (await running.Value).Browser.NewPageAsync(new()
        {
            ViewportSize = new() { Width = width, Height = 900 },
            ReducedMotion = ReducedMotion.Reduce,
        });

    /// <summary>The whole page as <c>artifacts/screens/NAME.png</c>, for a person to look at.</summary>
    public async Task<string> ScreenshotAsync(IPage page, string name)
    {
        var path = Path.Combine(Repository.Root, "artifacts", "screens", name + ".png");
        await page.ScreenshotAsync(new() { Path = path, FullPage = true });
        return path;
    }

    /// <summary>Fails when axe finds a serious or critical violation, and says which rule and where.</summary>
    public async Task AssertAccessibleAsync(IPage page)
    {
        var violations = (await page.RunAxe()).Violations.Where(violation => Unacceptable.Contains(violation.Impact)).ToList();
        if (violations.Count > 0)
            Assert.Fail(Describe(page.Url, violations));
    }

    public async ValueTask DisposeAsync()
    {
        if (!running.IsValueCreated || !running.Value.IsCompletedSuccessfully)
            return;
        var (playwright, browser) = await running.Value;
        await browser.DisposeAsync();
        playwright.Dispose();
    }

    private static async Task<(IPlaywright, IBrowser)> StartAsync()
    {
        var program = Chromium.Find();
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = program,
            Args = ["--no-sandbox", "--disable-quic", "--disable-background-networking"],
        });
        return (playwright, browser);
    }

    private static string Describe(string url, IEnumerable<AxeResultItem> violations)
        => string.Join("\n", violations
            .SelectMany(violation => violation.Nodes.Select(node => $"    {node.Target}: {node.Html}")
                .Prepend($"  {violation.Id} ({violation.Impact}): {violation.Help}"))
            .Prepend($"{url} is not accessible:"));
}
