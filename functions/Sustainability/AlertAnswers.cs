using FundingFlow.Functions.Http;
using FundingFlow.Sustainability;
using FundingFlow.Validation;
using Microsoft.AspNetCore.Http;

namespace FundingFlow.Functions.Sustainability;

internal static class AlertAnswers
{
    public static IResult Decided(HttpRequest request, Outcome<StoredAlert> outcome, DateOnly today)
        => ApiResults.From(outcome, stored => EntityTags.Ok(request, AlertView.From(stored.Alert, today), stored.ETag!));
}
