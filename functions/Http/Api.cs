using FundingFlow.Access;
using FundingFlow.Validation;
using Microsoft.AspNetCore.Http;

namespace FundingFlow.Functions.Http;

/// <summary>The door of every API call: who calls, and may that role call this at all.</summary>
public sealed class Api(IKeys keys)
{
    /// <summary>Runs <paramref name="work"/> for a caller whose role is one of <paramref name="roles"/> (none given: any role).</summary>
    public async Task<IResult> ForAsync(HttpRequest request, Role[] roles, Func<Caller, Task<IResult>> work)
    {
        var presented = Presented(request);
        if (presented is null)
            return ApiResults.From(new Refusal(RefusalKind.Unauthenticated, "Send your key in the header X-Api-Key, or as Authorization: Bearer."));
        var caller = await keys.FindAsync(presented, request.HttpContext.RequestAborted);
        if (caller is null)
            return ApiResults.From(new Refusal(RefusalKind.Unauthenticated, "This key is not known here, or was deleted. Ask the Forum's staff for a new one."));
        if (roles.Length > 0 && !roles.Contains(caller.Role))
            return ApiResults.From(Refusal.Forbidden($"This call needs a key of role {string.Join(" or ", roles).ToLowerInvariant()}; yours is {caller.Role.ToString().ToLowerInvariant()}."));
        return await work(caller);
    }

    /// <summary>As <see cref="ForAsync(HttpRequest, Role[], Func{Caller, Task{IResult}})"/>, after reading and parsing a JSON object.</summary>
    public Task<IResult> ForBodyAsync<T>(HttpRequest request, Role[] roles, Func<JsonInput, T?> read, Func<Caller, T, Task<IResult>> work)
        => ForAsync(request, roles, async caller =>
        {
            var body = await ApiRequest.JsonBodyAsync(request, request.HttpContext.RequestAborted);
            if (body.Refusal is { } unreadable) return ApiResults.From(unreadable);
            var parsed = JsonInput.Parse(body.Value, read);
            return parsed.Refusal is { } invalid ? ApiResults.From(invalid) : await work(caller, parsed.Value);
        });

    /// <summary>As <see cref="ForBodyAsync"/>, where there may be no body at all: <paramref name="read"/> is given null then.</summary>
    public Task<IResult> ForOptionalBodyAsync<T>(HttpRequest request, Role[] roles, Func<JsonInput?, T> read, Func<Caller, T, Task<IResult>> work)
        => ForAsync(request, roles, async caller =>
        {
            var body = await ApiRequest.BodyAsync(request, ApiRequest.LargestBody, request.HttpContext.RequestAborted);
            if (body.Refusal is { } unreadable) return ApiResults.From(unreadable);
            if (body.Value.Length == 0) return await work(caller, read(null));
            if (!request.HasJsonContentType()) return ApiResults.From(ApiRequest.NotJson);
            var parsed = JsonInput.Parse(body.Value, input => read(input));
            return parsed.Refusal is { } invalid ? ApiResults.From(invalid) : await work(caller, parsed.Value);
        });

    private static string? Presented(HttpRequest request)
    {
        var key = request.Headers["X-Api-Key"].ToString();
        if (key.Length > 0) return key;
        var bearer = request.Headers.Authorization.ToString();
        return bearer.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) && bearer.Length > 7 ? bearer[7..].Trim() : null;
    }
}
