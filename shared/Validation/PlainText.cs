namespace FundingFlow.Validation;

/// <summary>What a text of one line may hold, from whichever side it comes.</summary>
public static class PlainText
{
    /// <summary>
    /// Whether the character has no place in a name or title: a control character, a line or paragraph separator, or one that turns the
    /// direction of what follows it, which would write the text around a name backwards. Marks (U+200E, U+200F) and joiners are right.
    /// </summary>
    public static bool Refuses(char c)
        => char.IsControl(c) || c is '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
