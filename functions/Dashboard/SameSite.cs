using Microsoft.AspNetCore.Http;

namespace FundingFlow.Functions.Dashboard;

/// <summary>
/// Whether a form was sent from our own page. A browser says where it comes from; what says nothing is no browser, and
/// carries no cookie that somebody else could misuse.
/// </summary>
public static class SameSite
{
    public static bool IsOwn(HttpRequest request, string publicUrl)
    {
        var origin = request.Headers.Origin.ToString();
        if (origin.Length == 0) return request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none";
        if (!Uri.TryCreate(origin, UriKind.Absolute, out var from)) return false;
        var own = new[] { request.Host.Value, request.Headers["X-Forwarded-Host"].ToString(), new Uri(publicUrl).Authority };
        return own.Any(host => host is { Length: > 0 } && host.Equals(from.Authority, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Whether the browser reached us by https, here or at the proxy before us.</summary>
    public static bool IsSecure(HttpRequest request)
        => request.IsHttps || request.Headers["X-Forwarded-Proto"].ToString().StartsWith("https", StringComparison.OrdinalIgnoreCase);
}
