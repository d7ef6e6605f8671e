using System.Globalization;

namespace FundingFlow.Local.Commands;

/// <summary>Takes <c>--name value</c>, <c>--name=value</c> and <c>--flag</c> off a command line; what is left is not known.</summary>
public sealed class Options(IReadOnlyList<string> arguments)
{
    private readonly List<string> left = [.. arguments];

    public bool Flag(string name) => left.Remove(name);

    public string? Value(string name)
    {
        var at = left.FindIndex(argument => argument == name || argument.StartsWith(name + "=", StringComparison.Ordinal));
        if (at < 0)
            return null;
        var argument = left[at];
        left.RemoveAt(at);
        if (argument.Length > name.Length)
            return NotEmpty(name, argument[(name.Length + 1)..]);
        if (at == left.Count || left[at].StartsWith("--", StringComparison.Ordinal))
            throw new UsageException($"The argument {name} needs a value.");
        var value = left[at];
        left.RemoveAt(at);
        return NotEmpty(name, value);
    }

    public int? Number(string name, int least, int most)
    {
        if (Value(name) is not { } text)
            return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"The argument {name} takes a number from {least} to {most}, not '{text}'."));
    }

    /// <summary>The next argument that is no option, such as a file.</summary>
    public string? Word()
    {
        var at = left.FindIndex(argument => !argument.StartsWith('-'));
        if (at < 0)
            return null;
        var word = left[at];
        left.RemoveAt(at);
        return word;
    }

    /// <summary>Call last.</summary>
    public void End()
    {
        if (left.Count > 0)
            throw new UsageException($"The argument '{left[0]}' is not known.");
    }

    private static string NotEmpty(string name, string value)
        => value.Length > 0 ? value : throw new UsageException($"The argument {name} needs a value.");
}
