using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace FundingFlow.Functions.Http;

/// <summary>Answers with a page of our own: nothing from elsewhere is loaded, nothing is cached, no script runs.</summary>
public static class HtmlPage
{
    /// <param name="page">Makes the page; its inline style carries the nonce.</param>
    public static IResult Answer(HttpRequest request, Func<string, Html> page, int status = StatusCodes.Status200OK)
    {
        var nonce = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(18));
        var headers = request.HttpContext.Response.Headers;
        headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src 'nonce-{nonce}'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        // Not no-referrer: browsers would then send Origin: null with our own forms.
        headers["Referrer-Policy"] = "same-origin";
        return Results.Content(page(nonce).ToString(), "text/html; charset=utf-8", statusCode: status);
    }
}
