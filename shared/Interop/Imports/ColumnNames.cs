namespace FundingFlow.Interop.Imports;

/// <summary>
/// The header row. Columns are found whatever their case and spacing; a name that comes again is called "Name (2)", and
/// one without a name "Column 3".
/// </summary>
public sealed class ColumnNames
{
    private readonly Dictionary<string, int> positions = new(StringComparer.Ordinal);
    private readonly List<string> names = [];

    private ColumnNames()
    {
    }

    public int Count => names.Count;
    public IReadOnlyList<string> All => names;

    public static ColumnNames From(IReadOnlyList<string> header)
    {
        var columns = new ColumnNames();
        for (var i = 0; i < header.Count; i++)
        {
            var wanted = Collapse(header[i]);
            if (wanted.Length == 0) wanted = $"Column {i + 1}";
            var name = wanted;
            for (var again = 2; !columns.positions.TryAdd(Normalise(name), i); again++) name = $"{wanted} ({again})";
            columns.names.Add(name);
        }

        return columns;
    }

    /// <summary>Position of the column, from 0; null when the file has none of that name.</summary>
    public int? Find(string name) => positions.TryGetValue(Normalise(name), out var position) ? position : null;

    /// <summary>The form in which names and values of tables are compared: trimmed, spaces collapsed, lower case.</summary>
    public static string Normalise(string text) => Collapse(text).ToLowerInvariant();

    private static string Collapse(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
