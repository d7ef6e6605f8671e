using System.Buffers.Text;
using System.Text;

namespace FundingFlow.Azure;

/// <summary>The one place that knows how a message's text lies on the wire: Base64 of UTF-8, as the trigger expects.</summary>
internal static class QueueText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Encode(string body) => Convert.ToBase64String(Strict.GetBytes(body));

    /// <summary>What is not Base64 of UTF-8 comes as it is: staff must be able to see a message that no trigger could read.</summary>
    public static string Decode(string wire)
    {
        if (!Base64.IsValid(wire)) return wire;
        try
        {
            return Strict.GetString(Convert.FromBase64String(wire));
        }
        catch (DecoderFallbackException)
        {
            return wire;
        }
    }
}
