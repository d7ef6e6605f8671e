using FundingFlow.Validation;
using Microsoft.AspNetCore.Http;

namespace FundingFlow.Functions.Http;

/// <summary>Reads the parts of a request that every call treats alike.</summary>
public static class ApiRequest
{
    public const int LargestBody = 1024 * 1024;

    public static readonly Refusal NotJson = new(RefusalKind.UnsupportedMediaType, "Send the body as application/json.");

    /// <summary>The whole JSON body; refused when it is not JSON by its content type, or over 1 MiB.</summary>
    public static async Task<Outcome<ReadOnlyMemory<byte>>> JsonBodyAsync(HttpRequest request, CancellationToken stop)
    {
        if (!request.HasJsonContentType()) return NotJson;
        return await BodyAsync(request, LargestBody, stop);
    }

    public static async Task<Outcome<ReadOnlyMemory<byte>>> BodyAsync(HttpRequest request, int largest, CancellationToken stop)
    {
        var tooLarge = new Refusal(RefusalKind.TooLarge, $"The body may have at most {largest} bytes.");
        if (request.ContentLength > largest) return tooLarge;
        using var body = new MemoryStream();
        var buffer = new byte[81920];
        while (await request.Body.ReadAsync(buffer, stop) is var read && read > 0)
        {
            if (body.Length + read > largest) return tooLarge;
            body.Write(buffer, 0, read);
        }

        return new ReadOnlyMemory<byte>(body.GetBuffer(), 0, (int)body.Length);
    }

    /// <summary>The Idempotency-Key header: 1 to 200 visible ASCII characters.</summary>
    public static Outcome<string> IdempotencyKey(HttpRequest request)
    {
        var key = request.Headers["Idempotency-Key"].ToString();
        if (key.Length == 0)
            return Refusal.Invalid("/Idempotency-Key", "header is required: choose any text, and send the same one when you repeat this request");
        return key.Length <= 200 && key.All(c => c is > ' ' and < '\u007f')
            ? key
            : Refusal.Invalid("/Idempotency-Key", "header must have 1 to 200 visible ASCII characters");
    }
}
