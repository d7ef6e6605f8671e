namespace FundingFlow.Digests;

/// <summary>
/// What a mail says, apart from how it looks: <see cref="HtmlMail"/> and <see cref="TextMail"/> each write the whole of it, and
/// a block is made of these elements only.
/// </summary>
/// <param name="Preheader">The line that a mailbox shows after the subject.</param>
/// <param name="Unsubscribe">Null where the mail is not optional.</param>
public sealed record MailDocument(
    Language Language, string Forum, string Title, string Preheader, IReadOnlyList<string> Opening, IReadOnlyList<MailSection> Sections,
    string Footer, MailLink? Unsubscribe);

public sealed record MailSection(string Heading, IReadOnlyList<MailElement> Elements);

public abstract record MailElement;

/// <param name="Language">BCP 47 of the text, where it is not the mail's.</param>
public sealed record MailText(string Text, string? Language = null) : MailElement
{
    /// <summary>Said beside the point.</summary>
    public bool Quiet { get; init; }
}

/// <summary>A figure and what it is.</summary>
public sealed record MailRow(string Label, string Value) : MailElement
{
    public bool Urgent { get; init; }
}

/// <summary>How full something is, in whole percent of the whole; the caption says the same in words.</summary>
public sealed record MailBar(int Percent, int AlsoProposed, string Caption) : MailElement;

public sealed record MailLink(string Label, string Url) : MailElement;

/// <summary>Things that belong together under a title of their own.</summary>
public sealed record MailCard(string Title, string? Subtitle, IReadOnlyList<MailElement> Elements) : MailElement;
