using System.Text;
using FundingFlow.Validation;

namespace FundingFlow.Interop.Imports.Mapping;

/// <summary>Text in which <c>{Column}</c> stands for the row's cell; <c>{{</c> and <c>}}</c> for a brace. Without any column: a constant.</summary>
public sealed record Template(string Pointer, IReadOnlyList<TemplatePart> Parts) : MappedValue(Pointer)
{
    public override IEnumerable<string> Columns => Parts.Where(part => part.IsColumn).Select(part => part.Text);

    /// <returns>Null, with the error noted, when a brace is not closed.</returns>
    public static Template? Parse(string text, string pointer, InputErrors errors)
    {
        var parts = new List<TemplatePart>();
        var literal = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is '{' or '}' && i + 1 < text.Length && text[i + 1] == text[i]) literal.Append(text[i++]);
            else if (text[i] == '{' && text.IndexOf('}', i) is var end && end > i + 1)
            {
                if (literal.Length > 0) parts.Add(new TemplatePart(literal.ToString(), false));
                literal.Clear();
                parts.Add(new TemplatePart(text[(i + 1)..end], true));
                i = end;
            }
            else if (text[i] is '{' or '}')
            {
                errors.Add(pointer, "has a brace without its other half: write {Column}, or {{ and }} for braces");
                return null;
            }
            else literal.Append(text[i]);
        }

        if (literal.Length > 0) parts.Add(new TemplatePart(literal.ToString(), false));
        return new Template(pointer, parts);
    }

    public override MappedValue Bind(ColumnNames columns, InputErrors errors)
        => this with { Parts = [.. Parts.Select(part => part.IsColumn ? part with { Position = Find(part.Text, columns, errors) } : part)] };

    /// <summary>Empty when it names columns and all of them are empty: "{Year}-{Title}" is never "-".</summary>
    public override ValueResult Of(IReadOnlyList<string> cells)
    {
        if (Parts is [{ IsColumn: false } only]) return ValueResult.Of(only.Text);
        var text = new StringBuilder();
        var met = false;
        foreach (var part in Parts)
        {
            var piece = part.IsColumn ? cells[part.Position].Trim() : part.Text;
            met |= part.IsColumn && piece.Length > 0;
            text.Append(piece);
        }

        return met ? ValueResult.Of(text.ToString()) : ValueResult.Empty;
    }

    private int Find(string name, ColumnNames columns, InputErrors errors)
    {
        if (columns.Find(name) is { } position) return position;
        errors.Add(Pointer, $"names the column '{name}', which the file does not have; it has: {string.Join(", ", columns.All.Take(50))}");
        return -1;
    }
}

/// <param name="Position">Of the column in the bound file.</param>
public sealed record TemplatePart(string Text, bool IsColumn, int Position = -1);
