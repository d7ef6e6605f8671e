using FundingFlow.Access;
using FundingFlow.Digests;
using FundingFlow.Functions.Http;
using FundingFlow.Partners;
using FundingFlow.Validation;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FundingFlow.Functions.Digests;

/// <summary>
/// A tool for staff: sends the digests of the running period now, to all partners' contacts or to one partner's. It then is the only
/// digest of that period.
/// </summary>
public sealed class AskForDigests(Api api, DigestSchedule schedule, IPartners partners, IMailer mailer)
{
    private sealed record Body(string? PartnerId);

    [Function("AskForDigests")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/digests")] HttpRequest request)
        => api.ForBodyAsync(request, [Role.Staff], input => new Body(input.Slug("partnerId")), async (_, body) =>
        {
            var stop = request.HttpContext.RequestAborted;
            if (!mailer.IsConfigured)
                return ApiResults.From(Refusal.Conflict("No mail server is configured: set FundingFlow:Mail:Host and FundingFlow:Mail:From."));
            if (body.PartnerId is { } id && await partners.FindAsync(id, stop) is null)
                return ApiResults.From(Refusal.Invalid("/partnerId", "is not known"));
            return ApiResults.Json(await schedule.AskNowAsync(body.PartnerId, stop), StatusCodes.Status202Accepted);
        });
}
