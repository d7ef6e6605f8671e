using FundingFlow.Access;
using FundingFlow.Functions.Http;
using FundingFlow.Simulations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FundingFlow.Functions.Simulations;

public sealed class Simulate(Api api, PledgeSimulation pledges, ProjectSimulation projects)
{
    [Function("Simulate")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/simulations")] HttpRequest request)
        => api.ForBodyAsync(request, [Role.Staff, Role.Reader, Role.Fundraiser], SimulationRequest.Read, async (caller, asked) => ApiResults.From(
            asked.Project is { } project
                ? await projects.RunAsync(project, caller, request.HttpContext.RequestAborted)
                : await pledges.RunAsync(asked, caller, request.HttpContext.RequestAborted)));
}
