using FundingFlow.Validation;

namespace FundingFlow.Interop.Imports.Mapping;

/// <summary>What a value came to in one row: its items (most have one; empty text is no item), or why it has none.</summary>
public readonly record struct ValueResult(IReadOnlyList<string> Items, string? Error = null)
{
    public static readonly ValueResult Empty = new([]);

    /// <summary>The first item; empty when there is none.</summary>
    public string Text => Items.Count > 0 ? Items[0] : "";

    public static ValueResult Of(string text) => text.Length == 0 ? Empty : new([text]);
    public static ValueResult Failed(string error) => new([], error);
}

/// <summary>A rule of the mapping that makes a value from a row's cells. Pure; bound to a file's columns before it is used.</summary>
/// <param name="Pointer">Where it stands in the mapping file.</param>
public abstract record MappedValue(string Pointer)
{
    /// <summary>The same rule with its columns found; each that the file lacks is noted under the rule's pointer.</summary>
    public abstract MappedValue Bind(ColumnNames columns, InputErrors errors);

    /// <summary>The columns that it reads.</summary>
    public abstract IEnumerable<string> Columns { get; }

    public abstract ValueResult Of(IReadOnlyList<string> cells);
}
