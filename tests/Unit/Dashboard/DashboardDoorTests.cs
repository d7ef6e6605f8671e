using System.Text;
using FundingFlow.Access;
using FundingFlow.Functions.Dashboard;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FundingFlow.Tests.Unit.Dashboard;

public sealed class DashboardDoorTests
{
    private const string StaffKey = "a-staff-key-of-enough-characters";
    private readonly Dictionary<string, Caller> known = new(StringComparer.Ordinal)
    {
        [StaffKey] = new Caller("configured-staff", Role.Staff, [], [], []),
        ["a-reader"] = new Caller("reader1", Role.Reader, [], [], []),
        ["a-fundraiser"] = new Caller("fundraiser1", Role.Fundraiser, ["rome"], [], []),
    };

    [Theory]
    [InlineData(StaffKey, Role.Staff)]
    [InlineData("a-reader", Role.Reader)]
    public async Task A_key_of_staff_or_reader_opens_with_a_cookie_that_scripts_and_other_sites_cannot_use(string key, Role role)
    {
        var answer = await LoginAsync($"key={key}");
        Assert.Equal(303, answer.Response.StatusCode);
        Assert.Equal("/dashboard", answer.Response.Headers.Location);
        var cookie = answer.Response.Headers.SetCookie.ToString();
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("path=/dashboard", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(role, (await EnterAsync(cookie))?.Role);
    }

    [Fact]
    public async Task Over_https_here_or_at_the_proxy_the_cookie_is_secure()
        => Assert.Contains("secure", (await LoginAsync($"key={StaffKey}", request => request.Headers["X-Forwarded-Proto"] = "https")).Response.Headers.SetCookie.ToString(), StringComparison.OrdinalIgnoreCase);

    [Fact]
    public async Task A_deleted_key_ends_its_sessions()
    {
        var cookie = (await LoginAsync("key=a-reader")).Response.Headers.SetCookie.ToString();
        known.Remove("a-reader");
        Assert.Null(await EnterAsync(cookie));
    }

    [Theory]
    [InlineData("key=unknown", 401)]
    [InlineData("key=a-fundraiser", 403)]
    [InlineData("key=", 400)]
    [InlineData("", 400)]
    [InlineData("%%%&&&===", 400)]
    [InlineData("[\"json\"]", 400)]
    public async Task Anything_else_gets_the_form_again_and_no_cookie(string body, int status)
    {
        var answer = await LoginAsync(body);
        Assert.Equal(status, answer.Response.StatusCode);
        Assert.Empty(answer.Response.Headers.SetCookie.ToString());
        Assert.Contains("name=\"key\"", await TextAsync(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_is_no_form_or_too_large_is_no_key()
    {
        Assert.Equal(400, (await LoginAsync($"key={StaffKey}", request => request.ContentType = "text/plain")).Response.StatusCode);
        Assert.Equal(400, (await LoginAsync($"key={StaffKey}&more={new string('x', 5000)}")).Response.StatusCode);
    }

    [Theory]
    [InlineData("http://forum.test", true)]
    [InlineData("https://public.example.org", true)]
    [InlineData("https://elsewhere.example.org", false)]
    [InlineData("null", false)]
    public async Task A_form_from_another_site_is_refused(string origin, bool isOwn)
    {
        var login = await LoginAsync($"key={StaffKey}", request => request.Headers.Origin = origin);
        Assert.Equal(isOwn ? 303 : 403, login.Response.StatusCode);
        var logout = Context("", request => request.Headers.Origin = origin);
        await Door().Logout(logout.Request).ExecuteAsync(logout);
        Assert.Equal(isOwn ? 303 : 403, logout.Response.StatusCode);
    }

    [Fact]
    public async Task Without_an_origin_a_browser_that_names_another_site_is_refused()
        => Assert.Equal(403, (await LoginAsync($"key={StaffKey}", request => request.Headers["Sec-Fetch-Site"] = "cross-site")).Response.StatusCode);

    [Fact]
    public async Task Pages_allow_no_script_no_framing_and_no_caching()
    {
        var answer = Context("");
        await Door().Form(answer.Request).ExecuteAsync(answer);
        var policy = answer.Response.Headers.ContentSecurityPolicy.ToString();
        Assert.StartsWith("default-src 'none'; style-src 'nonce-", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("no-store", answer.Response.Headers.CacheControl);
        var nonce = policy.Split("'nonce-")[1].Split('\'')[0];
        Assert.Contains($"<style nonce=\"{nonce}\">", await TextAsync(answer), StringComparison.Ordinal);
    }

    private async Task<HttpContext> LoginAsync(string body, Action<HttpRequest>? change = null)
    {
        var context = Context(body, change);
        var result = await Door().LoginAsync(context.Request, TestContext.Current.CancellationToken);
        await result.ExecuteAsync(context);
        return context;
    }

    private async Task<Caller?> EnterAsync(string setCookie)
    {
        var context = Context("", request => request.Headers.Cookie = setCookie.Split(';')[0]);
        return await Door().CallerAsync(context.Request, TestContext.Current.CancellationToken);
    }

    private static DefaultHttpContext Context(string body, Action<HttpRequest>? change = null)
    {
        var context = new DefaultHttpContext { RequestServices = new ServiceCollection().AddLogging().BuildServiceProvider() };
        context.Request.Host = new HostString("forum.test");
        context.Request.ContentType = "application/x-www-form-urlencoded";
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        context.Response.Body = new MemoryStream();
        change?.Invoke(context.Request);
        return context;
    }

    private static async Task<string> TextAsync(HttpContext context)
    {
        context.Response.Body.Position = 0;
        using var reader = new StreamReader(context.Response.Body);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    private DashboardDoor Door()
    {
        var cookie = new SessionCookie(Options.Create(new AccessOptions { StaffKey = StaffKey }), TimeProvider.System);
        return new DashboardDoor(new Keyring(known), new Keyring(known), cookie, Options.Create(new FundingFlowOptions { PublicUrl = "https://public.example.org" }));
    }

    private sealed class Keyring(Dictionary<string, Caller> known) : IKeys, ISessionKeys
    {
        public Task<Caller?> FindAsync(string presentedKey, CancellationToken stop) => Task.FromResult(known.GetValueOrDefault(presentedKey));

        public Task<Caller?> FindByIdAsync(string keyId, CancellationToken stop) => Task.FromResult(known.Values.FirstOrDefault(caller => caller.KeyId == keyId));
    }
}
