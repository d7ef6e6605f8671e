namespace FundingFlow.Azure;

/// <summary>The naming rules of Azure Storage; like <see cref="StoreLimits"/>, for defects of the caller.</summary>
public static class StoreNames
{
    /// <summary>A table: 3 to 63 letters and digits, a letter first.</summary>
    public static void CheckTable(string name)
        => Check("table", name, name.Length is >= 3 and <= 63 && char.IsAsciiLetter(name[0]) && name.All(char.IsAsciiLetterOrDigit));

    /// <summary>A queue or a container: 3 to 63 of a-z, 0-9 and single hyphens within.</summary>
    public static void CheckQueueOrContainer(string name)
        => Check("queue or container", name, name.Length is >= 3 and <= 63
            && name.All(c => c is '-' || char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c))
            && name[0] != '-' && name[^1] != '-' && !name.Contains("--", StringComparison.Ordinal));

    /// <summary>A blob: 1 to 1,024 characters, not ending in a dot or a slash.</summary>
    public static void CheckBlob(string name) => Check("blob", name, name.Length is >= 1 and <= 1024 && name[^1] is not ('.' or '/'));

    private static void Check(string what, string name, bool isValid)
    {
        if (!isValid) throw new ArgumentException($"'{name}' is no valid name of a {what}.", nameof(name));
    }
}
