using FundingFlow.Access;
using FundingFlow.Functions.Http;
using FundingFlow.Sustainability;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FundingFlow.Functions.Sustainability;

public sealed class ResolveAlert(Api api, AlertDesk desk, ForumCalendar calendar)
{
    private sealed record Body(string? Note);

    [Function("ResolveAlert")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/alerts/{id}/resolve")] HttpRequest request, string id)
        => api.ForOptionalBodyAsync(
            request, [Role.Staff], input => new Body(input?.Text("note", 1000, multiline: true)),
            async (caller, body) => AlertAnswers.Decided(
                request, await desk.ResolveAsync(id, body.Note, caller.KeyId, EntityTags.Precondition(request), request.HttpContext.RequestAborted), calendar.Today));
}
