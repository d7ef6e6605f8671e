using FundingFlow.Access;
using FundingFlow.Functions.Http;
using FundingFlow.Pledges;
using FundingFlow.Validation;
using Microsoft.AspNetCore.Http;

namespace FundingFlow.Functions.Pledges;

/// <summary>What the calls on a pledge have in common: who may, the key that makes them repeatable, the pledge as answer.</summary>
public sealed class PledgeCall(Api api, PledgeQueries queries)
{
    private static readonly Role[] Actors = [Role.Fundraiser, Role.Staff];

    /// <summary>For calls whose body is empty or <c>{}</c>.</summary>
    public Task<IResult> RunAsync(HttpRequest request, Func<string, Caller, Task<Outcome<PledgeBalance>>> act)
        => api.ForAsync(request, Actors, async caller =>
        {
            var stop = request.HttpContext.RequestAborted;
            var body = await ApiRequest.BodyAsync(request, ApiRequest.LargestBody, stop);
            if (body.Refusal is { } unreadable) return ApiResults.From(unreadable);
            if (body.Value.Length > 0 && JsonInput.Parse(body.Value, _ => new object()).Refusal is { } invalid) return ApiResults.From(invalid);
            return await AnswerAsync(request, caller, act);
        });

    public Task<IResult> RunAsync<T>(HttpRequest request, Func<JsonInput, T?> read, Func<T, string, Caller, Task<Outcome<PledgeBalance>>> act)
        => api.ForBodyAsync(request, Actors, read, (caller, content) => AnswerAsync(request, caller, (key, by) => act(content, key, by)));

    private async Task<IResult> AnswerAsync(HttpRequest request, Caller caller, Func<string, Caller, Task<Outcome<PledgeBalance>>> act)
    {
        var key = ApiRequest.IdempotencyKey(request);
        if (key.Refusal is { } no) return ApiResults.From(no);
        var outcome = await act(key.Value, caller);
        return outcome.Refusal is { } refused
            ? ApiResults.From(refused)
            : ApiResults.Ok(await queries.ViewAsync(outcome.Value, request.HttpContext.RequestAborted));
    }
}
