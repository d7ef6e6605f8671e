using FundingFlow.Access;
using FundingFlow.Functions.Http;
using FundingFlow.Partners;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FundingFlow.Functions.Partners;

public sealed class ListPartners(Api api, PartnerRegister partners)
{
    [Function("ListPartners")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/partners")] HttpRequest request)
        => api.ForAsync(request, [Role.Staff, Role.Reader, Role.Fundraiser], async caller => ApiResults.From(
            await partners.ListAsync(Query.Text(request, "continuation"), caller, request.HttpContext.RequestAborted)));
}
