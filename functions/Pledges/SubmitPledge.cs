using FundingFlow.Access;
using FundingFlow.Functions.Http;
using FundingFlow.Pledges;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FundingFlow.Functions.Pledges;

public sealed class SubmitPledge(Api api, IPledgeIntake intake)
{
    [Function("SubmitPledge")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/pledges")] HttpRequest request)
        => api.ForBodyAsync(request, [Role.Fundraiser, Role.Staff], PledgeReader.Read, async (caller, pledge) =>
        {
            var key = ApiRequest.IdempotencyKey(request);
            if (key.Refusal is { } no) return ApiResults.From(no);
            return ApiResults.From(await intake.SubmitAsync(pledge, key.Value, caller, request.HttpContext.RequestAborted), submission =>
            {
                request.HttpContext.Response.Headers.Location = $"/api/pledges/{submission.Id}";
                return ApiResults.Json(new SubmittedPledge(submission.Id, "submitted"), StatusCodes.Status202Accepted);
            });
        });
}

public sealed record SubmittedPledge(string Id, string Status);
