using FundingFlow.Digests;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace FundingFlow.Functions.Digests;

/// <summary>The pages behind the link in a digest: never stored, never framed, and they give no address away.</summary>
public sealed class UnsubscribeAnswers(IOptions<FundingFlowOptions> options)
{
    private string Forum => options.Value.ForumName;

    public IResult Ask(HttpRequest request, Language language, string token) => Page(request, UnsubscribePage.Ask(language, Forum, token), 200);

    public IResult Done(HttpRequest request, Language language) => Page(request, UnsubscribePage.Done(language, Forum), 200);

    /// <summary>Nobody is known then, so the browser's language decides.</summary>
    public IResult Broken(HttpRequest request)
        => Page(request, UnsubscribePage.Broken(Language.Of(request.Headers.AcceptLanguage.ToString().Split(',', ';')[0]), Forum), 400);

    private static IResult Page(HttpRequest request, string html, int status)
    {
        var headers = request.HttpContext.Response.Headers;
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
        return Results.Content(html, "text/html; charset=utf-8", null, status);
    }
}
