using System.Globalization;
using System.Text;
using FundingFlow.Access;
using FundingFlow.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace FundingFlow.Functions.Dashboard;

/// <summary>Who may come in: a staff or reader key, exchanged for a cookie that leaves the key out of the browser.</summary>
public sealed class DashboardDoor(
    IKeys keys, ISessionKeys sessions, SessionCookie cookie, IOptions<FundingFlowOptions> options)
{
    private const string Path = "/dashboard";
    private const int LargestForm = 4096;
    private readonly TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(options.Value.TimeZone);

    public string ForumName => options.Value.ForumName;

    /// <summary>"14:05", in the Forum's time zone.</summary>
    public string LocalTime(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, zone).ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Null without a session that still holds.</summary>
    public async Task<Caller?> CallerAsync(HttpRequest request, CancellationToken stop)
        => cookie.KeyIdOf(request.Cookies[SessionCookie.Name]) is { } keyId
            && await sessions.FindByIdAsync(keyId, stop) is { } caller && MayEnter(caller) ? caller : null;

    public IResult Form(HttpRequest request, string? error = null, int status = StatusCodes.Status200OK)
        => HtmlPage.Answer(request, nonce => LoginPage.Of(ForumName, error, nonce), status);

    public async Task<IResult> LoginAsync(HttpRequest request, CancellationToken stop)
    {
        if (!SameSite.IsOwn(request, options.Value.PublicUrl))
            return Form(request, "That form came from another site. Sign in here.", StatusCodes.Status403Forbidden);
        if (!cookie.IsPossible)
            return Form(request, "No staff key is configured (FundingFlow:Access:StaffKey); without one nobody can sign in.", StatusCodes.Status503ServiceUnavailable);
        var presented = await PresentedAsync(request, stop);
        if (presented.Length == 0) return Form(request, "Type or paste your key.", StatusCodes.Status400BadRequest);
        if (await keys.FindAsync(presented, stop) is not { } caller)
            return Form(request, "This key is not known here, or was deleted. Ask the Forum's staff for a new one.", StatusCodes.Status401Unauthorized);
        if (!MayEnter(caller))
            return Form(request, "This key may not see the overview: it needs a key of role staff or reader.", StatusCodes.Status403Forbidden);
        request.HttpContext.Response.Cookies.Append(SessionCookie.Name, cookie.Issue(caller.KeyId), CookieFor(request, SessionCookie.Lasts));
        return new SeeOther(Path);
    }

    public IResult Logout(HttpRequest request)
    {
        if (!SameSite.IsOwn(request, options.Value.PublicUrl))
            return Form(request, "That form came from another site.", StatusCodes.Status403Forbidden);
        request.HttpContext.Response.Cookies.Delete(SessionCookie.Name, CookieFor(request, null));
        return new SeeOther(Path);
    }

    private static bool MayEnter(Caller caller) => caller.Role is Role.Staff or Role.Reader;

    private static CookieOptions CookieFor(HttpRequest request, TimeSpan? lasts) => new()
    {
        Path = Path, HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = SameSite.IsSecure(request), MaxAge = lasts, IsEssential = true,
    };

    /// <summary>The form's key; empty when the body is no such form.</summary>
    private static async Task<string> PresentedAsync(HttpRequest request, CancellationToken stop)
    {
        if (!request.HasFormContentType) return "";
        var body = await ApiRequest.BodyAsync(request, LargestForm, stop);
        return body.Refusal is null ? QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body.Value.Span)).GetValueOrDefault("key").ToString().Trim() : "";
    }

    /// <summary>After a form: the browser is to GET that page.</summary>
    private sealed class SeeOther(string path) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = path;
            return Task.CompletedTask;
        }
    }
}
