using FundingFlow.Access;
using FundingFlow.Functions.Http;
using FundingFlow.Money;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FundingFlow.Functions.Money;

public sealed class GetRates(Api api, RateRegister rates)
{
    [Function("GetRates")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/rates")] HttpRequest request)
        => api.ForAsync(request, [Role.Staff], async _ => ApiResults.Ok(await rates.GetAsync(request.HttpContext.RequestAborted)));
}
