using FundingFlow.Access;
using FundingFlow.Functions.Http;
using FundingFlow.Ledger.Rebalancing;
using FundingFlow.Validation;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FundingFlow.Functions.Ledger;

public sealed class StartRebalance(Api api, Rebalances rebalances, RebalanceQueries queries)
{
    [Function("StartRebalance")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/rebalances")] HttpRequest request)
        => api.ForAsync(request, [Role.Staff], async caller =>
        {
            var stop = request.HttpContext.RequestAborted;
            // What was meant as a trial must never move anything: empty, or given twice, is no answer either.
            var dryRun = request.Query.TryGetValue("dryRun", out var asked) ? asked.ToString() : "false";
            if (dryRun is not ("true" or "false")) return ApiResults.From(Refusal.Invalid("/dryRun", "must be true or false"));
            var body = await ApiRequest.BodyAsync(request, ApiRequest.LargestBody, stop);
            if (body.Refusal is { } unreadable) return ApiResults.From(unreadable);
            if (body.Value.Length > 0 && !request.HasJsonContentType()) return ApiResults.From(ApiRequest.NotJson);
            if (body.Value.Length > 0 && JsonInput.Parse(body.Value, _ => new object()).Refusal is { } invalid) return ApiResults.From(invalid);
            var key = ApiRequest.IdempotencyKey(request);
            if (key.Refusal is { } no) return ApiResults.From(no);
            var outcome = await rebalances.RunAsync(key.Value, dryRun == "true", caller.KeyId, stop);
            if (outcome.Refusal is { } refused) return ApiResults.From(refused);
            request.HttpContext.Response.Headers.Location = $"/api/rebalances/{outcome.Value.Id}";
            return ApiResults.From(await queries.ViewAsync(outcome.Value.Id, null, stop),
                view => ApiResults.Json(view, outcome.Value.IsFinished ? StatusCodes.Status200OK : StatusCodes.Status202Accepted));
        });
}
