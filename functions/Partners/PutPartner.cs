using FundingFlow.Access;
using FundingFlow.Functions.Http;
using FundingFlow.Partners;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FundingFlow.Functions.Partners;

public sealed class PutPartner(Api api, PartnerRegister partners)
{
    [Function("PutPartner")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/partners/{id}")] HttpRequest request, string id)
        => api.ForBodyAsync(request, [Role.Staff, Role.Fundraiser], PartnerStatement.Read, async (caller, statement) =>
        {
            var stop = request.HttpContext.RequestAborted;
            var put = await partners.PutAsync(id, statement, EntityTags.Precondition(request), caller, stop);
            return put.Refusal is { } no
                ? ApiResults.From(no)
                : EntityTags.Put(request, await partners.ViewAsync(put.Value.Value, caller, stop), put.Value.ETag, put.Value.Effect);
        });
}
