using FundingFlow.Access;
using FundingFlow.Functions.Http;
using FundingFlow.Partners;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FundingFlow.Functions.Partners;

public sealed class GetPartner(Api api, PartnerRegister partners)
{
    [Function("GetPartner")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/partners/{id}")] HttpRequest request, string id)
        => api.ForAsync(request, [Role.Staff, Role.Reader, Role.Fundraiser], async caller => ApiResults.From(
            await partners.GetAsync(id, caller, request.HttpContext.RequestAborted),
            partner => EntityTags.Ok(request, partner.Value, partner.ETag)));
}
