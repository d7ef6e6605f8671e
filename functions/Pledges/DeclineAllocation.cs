using FundingFlow.Access;
using FundingFlow.Functions.Http;
using FundingFlow.Ledger;
using FundingFlow.Money;
using FundingFlow.Validation;
using FundingFlow.Pledges.Commands;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FundingFlow.Functions.Pledges;

public sealed class DeclineAllocation(Api api, PledgeCommands commands)
{
    [Function("DeclineAllocation")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/allocations/{id}/decline")] HttpRequest request, string id)
        => api.ForOptionalBodyAsync(request, [Role.City, Role.Fundraiser, Role.Staff], Reason, async (caller, reason) =>
        {
            var key = ApiRequest.IdempotencyKey(request);
            if (key.Refusal is { } no) return ApiResults.From(no);
            return ApiResults.From(await commands.DeclineAsync(id, reason.Text, key.Value, caller, request.HttpContext.RequestAborted),
                balance => ApiResults.Ok(DeclinedAllocation.Of(id, balance.Allocations.FirstOrDefault(part => part.Id == id))));
        });

    private static DeclineReason Reason(JsonInput? input) => new(input?.Text("reason"));

    private sealed record DeclineReason(string? Text);
}

/// <summary>What a city learns of an allocation that it declined: the pledge itself is its partner's.</summary>
/// <param name="Received">What had come before, in the pledge's unit, and stays.</param>
public sealed record DeclinedAllocation(string Id, string Status, string Received)
{
    /// <param name="left">Null: nothing of it is left.</param>
    internal static DeclinedAllocation Of(string id, Allocation? left)
        => new(id, "declined", left is null ? "0" : Decimals.Write(left.Received.Minor, left.Unit.Exponent));
}
