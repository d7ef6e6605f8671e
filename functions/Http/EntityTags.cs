using FundingFlow.Storage;
using FundingFlow.Validation;
using Microsoft.AspNetCore.Http;

namespace FundingFlow.Functions.Http;

/// <summary>If-Match and If-None-Match of a request, ETag of an answer.</summary>
public static class EntityTags
{
    public static Precondition Precondition(HttpRequest request)
    {
        var match = request.Headers.IfMatch.ToString();
        return new Precondition(
            match.Length == 0 ? null : match.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            request.Headers.IfNoneMatch.ToString().Trim() == "*");
    }

    /// <summary>The answer to a GET: 200 with the ETag, or 404.</summary>
    public static IResult Ok<T>(HttpRequest request, T view, string etag)
    {
        request.HttpContext.Response.Headers.ETag = etag;
        return ApiResults.Ok(view);
    }

    /// <summary>The answer to a PUT: 201 when it created, else 200, with the ETag.</summary>
    public static IResult Put<T>(HttpRequest request, T view, string etag, Effect effect)
    {
        request.HttpContext.Response.Headers.ETag = etag;
        return ApiResults.Json(view, effect == Effect.Created ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }
}
