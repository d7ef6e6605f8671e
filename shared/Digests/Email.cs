namespace FundingFlow.Digests;

public sealed record Mailbox(string Name, string Address)
{
    /// <summary>Addresses of persons do not belong in logs.</summary>
    public override string ToString() => "(an address)";
}

/// <summary>A mail with a text and an HTML part. Nothing in it may hold a line break where a header goes; the mailer refuses that.</summary>
/// <param name="MessageId">Without angle brackets, derived from what the mail is about, so that a repetition carries the same one.</param>
public sealed record Email(Mailbox To, string Subject, string Text, string Html, string MessageId)
{
    /// <summary>Null: the one that is configured.</summary>
    public Mailbox? From { get; init; }

    public Mailbox? ReplyTo { get; init; }

    /// <summary>Headers beside the usual ones.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
}
