using System.Globalization;

namespace FundingFlow.Money;

/// <summary>Reads the small comma-separated tables (no quoting) that are compiled into this assembly.</summary>
internal static class EmbeddedTable
{
    public static IEnumerable<string[]> Read(string name)
    {
        var assembly = typeof(EmbeddedTable).Assembly;
        var resource = assembly.GetManifestResourceNames().Single(full => full.EndsWith("." + name, StringComparison.Ordinal));
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        var rows = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return rows.Skip(1).Select(row => row.Split(','));
    }

    public static int Integer(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
