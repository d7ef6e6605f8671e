using System.Globalization;

namespace FundingFlow.Sustainability;

/// <summary>kind.subject.number, such as <c>short-runway.kigali-farm.2</c>; safe in URLs and table keys.</summary>
public static class AlertId
{
    private const int MostNumbers = 999_999;

    public static string Of(string kind, string subject, int number) => string.Create(CultureInfo.InvariantCulture, $"{kind}.{subject}.{number}");

    /// <summary>Null when the text is no alert's id.</summary>
    public static (string Kind, string Subject, int Number)? Parse(string id)
    {
        var first = id.IndexOf('.', StringComparison.Ordinal);
        var last = id.LastIndexOf('.');
        return first > 0 && last > first + 1
               && int.TryParse(id.AsSpan(last + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
               && number is > 0 and <= MostNumbers && IsSubject(id[(first + 1)..last]) && IsSubject(id[..first])
            ? (id[..first], id[(first + 1)..last], number)
            : null;
    }

    /// <summary>Whether the text can be an alert's subject: 1 to 400 of the characters that a URL's segment takes as they are.</summary>
    public static bool IsSubject(string text)
        => text.Length is >= 1 and <= 400 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '~');

    /// <summary>Row key within the kind's partition. The number counts down, so that a subject's last opening comes first.</summary>
    public static string RowKey(string subject, int number)
        => string.Create(CultureInfo.InvariantCulture, $"{subject}|{MostNumbers - number:D6}");

    public static string RowKeysOf(string subject) => subject + "|";
}
