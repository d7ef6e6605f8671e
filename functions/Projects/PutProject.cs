using FundingFlow.Access;
using FundingFlow.Functions.Http;
using FundingFlow.Projects;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FundingFlow.Functions.Projects;

public sealed class PutProject(Api api, ProjectRegister projects, ProjectReader reader)
{
    [Function("PutProject")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/projects/{id}")] HttpRequest request, string id)
        => api.ForBodyAsync(request, [Role.Staff, Role.City], ProjectStatement.Read, async (caller, statement) =>
        {
            var stop = request.HttpContext.RequestAborted;
            var put = await projects.PutAsync(id, statement, EntityTags.Precondition(request), caller, stop);
            return put.Refusal is { } no
                ? ApiResults.From(no)
                : EntityTags.Put(request, await reader.ViewAsync(put.Value.Value, caller, stop), put.Value.ETag, put.Value.Effect);
        });
}
