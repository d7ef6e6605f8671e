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
        => request is { ContentLength: null or 0, ContentType: null }
            ? api.ForAsync(request, [Role.Staff], caller => ResolveAsync(request, id, caller, null))
            : api.ForBodyAsync(
                request, [Role.Staff], input => new Body(input.Text("note", 1000, multiline: true)),
                (caller, body) => ResolveAsync(request, id, caller, body.Note));

    private async Task<IResult> ResolveAsync(HttpRequest request, string id, Caller caller, string? note) => AlertAnswers.Decided(
        request, await desk.ResolveAsync(id, note, caller.KeyId, EntityTags.Precondition(request), request.HttpContext.RequestAborted), calendar.Today);
}
