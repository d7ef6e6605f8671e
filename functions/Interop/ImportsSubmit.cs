using FundingFlow.Access;
using FundingFlow.Functions.Http;
using FundingFlow.Interop.Imports;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FundingFlow.Functions.Interop;

public sealed class ImportsSubmit(Api api, ImportSubmission submission)
{
    [Function("SubmitImport")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/imports")] HttpRequest request)
        => api.ForAsync(request, [Role.Staff, Role.Fundraiser, Role.City], async caller =>
        {
            var stop = request.HttpContext.RequestAborted;
            string? key = null;
            if (request.Headers.ContainsKey("Idempotency-Key"))
            {
                var given = ApiRequest.IdempotencyKey(request);
                if (given.Refusal is { } unusable) return ApiResults.From(unusable);
                key = given.Value;
            }

            var upload = await ImportsBody.ReadAsync(request, stop);
            if (upload.Refusal is { } no) return ApiResults.From(no);
            var submitted = await submission.SubmitAsync(upload.Value, key, caller, stop);
            if (submitted.Refusal is { } refused) return ApiResults.From(request.HasJsonContentType() ? refused.Renamed("/file", "/csv") : refused);
            return ApiResults.From(submitted, import =>
            {
                request.HttpContext.Response.Headers.Location = $"/api/imports/{import.Id}";
                return ApiResults.Json(new ImportAccepted(import.Id, import.Status), StatusCodes.Status202Accepted);
            });
        });
}

public sealed record ImportAccepted(string Id, ImportStatus Status);
