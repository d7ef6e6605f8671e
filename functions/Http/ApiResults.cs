using FundingFlow.Storage;
using FundingFlow.Validation;
using Microsoft.AspNetCore.Http;

namespace FundingFlow.Functions.Http;

/// <summary>Turns outcomes into answers: JSON in our wire format, refusals as RFC 9457 problems.</summary>
public static class ApiResults
{
    public static IResult Ok<T>(T value) => Json(value, StatusCodes.Status200OK);

    public static IResult Json<T>(T value, int status) => Results.Json(value, Wire.Json, statusCode: status);

    public static IResult From<T>(Outcome<T> outcome, Func<T, IResult>? answer = null)
        => outcome.Refusal is { } no ? From(no) : answer is null ? Ok(outcome.Value) : answer(outcome.Value);

    public static IResult From(Refusal refusal)
    {
        var (status, title) = refusal.Kind switch
        {
            RefusalKind.Invalid => (400, "The request is not valid"),
            RefusalKind.Unauthenticated => (401, "A key is needed"),
            RefusalKind.Forbidden => (403, "This key may not do that"),
            RefusalKind.NotFound => (404, "Not found"),
            RefusalKind.Conflict => (409, "Not possible in the present state"),
            RefusalKind.PreconditionFailed => (412, "It has changed since"),
            RefusalKind.TooLarge => (413, "Too large"),
            RefusalKind.UnsupportedMediaType => (415, "Unsupported media type"),
            RefusalKind.MethodNotAllowed => (405, "Method not allowed"),
            _ => throw new InvalidOperationException($"No status for {refusal.Kind}."),
        };
        var problem = new ApiProblem($"urn:fundingflow:problem:{Storage.Wire.Json.PropertyNamingPolicy!.ConvertName(refusal.Kind.ToString())}",
            title, status, refusal.Detail, refusal.Errors);
        return Results.Json(problem, Wire.Json, "application/problem+json", status);
    }
}

/// <summary>RFC 9457, with our extension member <c>errors</c>: messages by JSON pointer into the request.</summary>
public sealed record ApiProblem(string Type, string Title, int Status, string Detail, IReadOnlyDictionary<string, string[]>? Errors);
