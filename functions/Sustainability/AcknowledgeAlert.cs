using FundingFlow.Access;
using FundingFlow.Functions.Http;
using FundingFlow.Sustainability;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FundingFlow.Functions.Sustainability;

public sealed class AcknowledgeAlert(Api api, AlertDesk desk, ForumCalendar calendar)
{
    [Function("AcknowledgeAlert")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/alerts/{id}/acknowledge")] HttpRequest request, string id)
        => api.ForAsync(request, [Role.Staff], async caller => AlertAnswers.Decided(
            request, await desk.AcknowledgeAsync(id, caller.KeyId, EntityTags.Precondition(request), request.HttpContext.RequestAborted), calendar.Today));
}
