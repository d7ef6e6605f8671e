using FundingFlow.Access;
using FundingFlow.Functions.Http;
using FundingFlow.Pledges;
using FundingFlow.Pledges.Commands;
using FundingFlow.Validation;
using Microsoft.AspNetCore.Http;

namespace FundingFlow.Functions.Pledges;

/// <summary>What the calls on a pledge have in common: who may, the key that makes them repeatable, the pledge as answer.</summary>
public sealed class PledgeCall(Api api, PledgeQueries queries)
{
    private static readonly Role[] Actors = [Role.Fundraiser, Role.Staff];

    /// <summary>For calls whose body is empty or <c>{}</c>.</summary>
    public Task<IResult> RunAsync(HttpRequest request, Func<string, Caller, Task<Outcome<PledgeBalance>>> act)
        => api.ForOptionalBodyAsync(request, Actors, _ => new object(), (caller, _) => AnswerAsync(request, caller, act));

    /// <param name="only">Who may; none given: whoever acts for partners.</param>
    public Task<IResult> RunAsync<T>(HttpRequest request, Func<JsonInput, T?> read, Func<T, string, Caller, Task<Outcome<PledgeBalance>>> act, params Role[] only)
        => api.ForBodyAsync(request, only.Length > 0 ? only : Actors, read, (caller, content) => AnswerAsync(request, caller, (key, by) => act(content, key, by)));

    private async Task<IResult> AnswerAsync(HttpRequest request, Caller caller, Func<string, Caller, Task<Outcome<PledgeBalance>>> act)
    {
        var key = ApiRequest.IdempotencyKey(request);
        if (key.Refusal is { } no) return ApiResults.From(no);
        var outcome = await act(key.Value, caller);
        return outcome.Refusal is { } refused
            ? ApiResults.From(refused)
            : EntityTags.Ok(request, await queries.ViewAsync(outcome.Value, request.HttpContext.RequestAborted), Amend.ETagOf(outcome.Value.Pledge.Version));
    }
}
