using FundingFlow.Access;
using FundingFlow.Functions.Http;
using FundingFlow.Sustainability;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FundingFlow.Functions.Sustainability;

public sealed class SnoozeAlert(Api api, AlertDesk desk, ForumCalendar calendar)
{
    private sealed record Body(DateOnly? Until);

    [Function("SnoozeAlert")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/alerts/{id}/snooze")] HttpRequest request, string id)
        => api.ForBodyAsync(request, [Role.Staff], input => new Body(input.Date("until", required: true)), async (caller, body) => AlertAnswers.Decided(
            request,
            await desk.SnoozeAsync(id, body.Until!.Value, caller.KeyId, EntityTags.Precondition(request), request.HttpContext.RequestAborted),
            calendar.Today));
}
