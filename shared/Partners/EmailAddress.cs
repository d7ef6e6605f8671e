using System.Globalization;
using System.Net.Mail;

namespace FundingFlow.Partners;

/// <summary>What we are willing to write into the To header of a mail.</summary>
public static class EmailAddress
{
    public const string Rule = "must be a plain e-mail address such as giulia@example.org";
    private const int Longest = 254;

    /// <summary>One address without a display name, quotes, comments, spaces or control characters; ASCII before the @.</summary>
    public static bool IsValid(string text)
    {
        if (text.Length > Longest || text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || "\"<>(),;:\\[]".Contains(c, StringComparison.Ordinal))) return false;
        if (!MailAddress.TryCreate(text, out var address) || address.Address != text) return false;
        return address.User.Length <= 64 && address.User.All(char.IsAscii) && address.Host.Contains('.', StringComparison.Ordinal) && IsHost(address.Host);
    }

    private static bool IsHost(string host)
    {
        try
        {
            return Uri.CheckHostName(new IdnMapping { UseStd3AsciiRules = true }.GetAscii(host)) == UriHostNameType.Dns;
        }
        catch (ArgumentException)
        {
            return false; // IdnMapping's way of saying that it is no host name.
        }
    }
}
