using FundingFlow.Digests;
using FundingFlow.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Azure.Functions.Worker;

namespace FundingFlow.Functions.Digests;

/// <summary>Ends a contact's digests, asked by the form's button or by the mail program itself (RFC 8058): no key, no question.</summary>
public sealed class Unsubscribe(Unsubscribing unsubscribing, UnsubscribeAnswers answers)
{
    private const int LargestForm = 8 * 1024;
    private static readonly FormOptions SmallForm = new()
    {
        MultipartBodyLengthLimit = LargestForm, KeyLengthLimit = 256, ValueLengthLimit = 1024, ValueCountLimit = 16,
    };

    [Function("Unsubscribe")]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "unsubscribe")] HttpRequest request)
        => await IsOneClickAsync(request)
           && await unsubscribing.EndAsync(Query.Text(request, "token"), request.HttpContext.RequestAborted) is { } language
            ? answers.Done(request, language)
            : answers.Broken(request);

    private static async Task<bool> IsOneClickAsync(HttpRequest request)
    {
        if (!request.HasFormContentType || request.ContentLength > LargestForm) return false;
        try
        {
            var form = await request.ReadFormAsync(SmallForm, request.HttpContext.RequestAborted);
            return form["List-Unsubscribe"] == "One-Click";
        }
        catch (Exception malformed) when (malformed is InvalidDataException or IOException)
        {
            return false; // no form, or one that goes on for too long: answered as a link that does not hold
        }
    }
}
