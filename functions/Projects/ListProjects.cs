using FundingFlow.Functions.Http;
using FundingFlow.Projects;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FundingFlow.Functions.Projects;

public sealed class ListProjects(Api api, ProjectList projects)
{
    [Function("ListProjects")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/projects")] HttpRequest request)
        => api.ForAsync(request, [], async _ => ApiResults.From(await projects.ListAsync(
            Query.Text(request, "area"), Query.Text(request, "city"), Query.Text(request, "country"), Query.Text(request, "sort"),
            Query.Text(request, "continuation"), request.HttpContext.RequestAborted)));
}
