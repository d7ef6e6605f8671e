using FundingFlow.Functions.Http;
using FundingFlow.Projects;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FundingFlow.Functions.Projects;

public sealed class GetProject(Api api, ProjectReader projects)
{
    [Function("GetProject")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/projects/{id}")] HttpRequest request, string id)
        => api.ForAsync(request, [], async caller => ApiResults.From(
            await projects.GetAsync(id, caller, request.HttpContext.RequestAborted),
            project => EntityTags.Ok(request, project.Value, project.ETag)));
}
