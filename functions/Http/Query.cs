using Microsoft.AspNetCore.Http;

namespace FundingFlow.Functions.Http;

/// <summary>Members of the query string.</summary>
public static class Query
{
    /// <summary>Null when it is absent or empty; of a repeated one the first.</summary>
    public static string? Text(HttpRequest request, string name)
        => request.Query[name].FirstOrDefault() is { Length: > 0 } text ? text : null;
}
