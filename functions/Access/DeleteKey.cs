using FundingFlow.Access;
using FundingFlow.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FundingFlow.Functions.Access;

public sealed class DeleteKey(Api api, KeyRegister keys)
{
    [Function("DeleteKey")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/keys/{id}")] HttpRequest request, string id)
        => api.ForAsync(request, [Role.Staff], async _ => await keys.DeleteAsync(id, request.HttpContext.RequestAborted) is { } no
            ? ApiResults.From(no)
            : Results.NoContent());
}
