using FundingFlow.Access;
using FundingFlow.Functions.Http;
using FundingFlow.Money;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FundingFlow.Functions.Money;

public sealed class PutRates(Api api, RateRegister rates)
{
    [Function("PutRates")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/rates")] HttpRequest request)
        => api.ForBodyAsync(request, [Role.Staff], RatesStatement.Read, async (_, statement) => ApiResults.From(
            await rates.PutAsync(statement, request.HttpContext.RequestAborted)));
}
