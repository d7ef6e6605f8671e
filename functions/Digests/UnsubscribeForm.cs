using FundingFlow.Digests;
using FundingFlow.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FundingFlow.Functions.Digests;

/// <summary>The link in a digest, opened: only asks, since mail programs look at links by themselves.</summary>
public sealed class UnsubscribeForm(Unsubscribing unsubscribing, UnsubscribeAnswers answers)
{
    [Function("UnsubscribeForm")]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "unsubscribe")] HttpRequest request)
    {
        var token = Query.Text(request, "token");
        return await unsubscribing.FindAsync(token, request.HttpContext.RequestAborted) is { } contact
            ? answers.Ask(request, Language.Of(contact.Language), token!)
            : answers.Broken(request);
    }
}
