namespace FundingFlow.Digests;

/// <summary>What the mail server said: it has the mail now, or will never take it (the reason holds no address).</summary>
public sealed record Delivery(bool Accepted, string? Refusal)
{
    public static readonly Delivery Done = new(true, null);
    public static Delivery Refused(string reason) => new(false, reason);
}

/// <summary>Sends mail. Safe for concurrent use.</summary>
public interface IMailer
{
    /// <summary>False when no mail server is configured: then nothing can be sent.</summary>
    bool IsConfigured { get; }

    /// <summary>Ends once the server has answered for the whole mail. A permanent refusal is an answer, not an exception.</summary>
    /// <exception cref="MailDelayedException">The server could not be reached, or said "later": try again.</exception>
    /// <exception cref="ArgumentException">A header would hold a control character.</exception>
    Task<Delivery> SendAsync(Email email, CancellationToken stop);
}

/// <summary>The mail was not sent this time; sending it again may succeed. Its message holds no address.</summary>
public sealed class MailDelayedException(string message, Exception? inner = null) : Exception(message, inner);
