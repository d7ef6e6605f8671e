using System.Text.RegularExpressions;
using FundingFlow.Validation;

namespace FundingFlow.Interop.Imports.Mapping;

/// <summary>
/// A value that is worked on, in this order: cleaned, split into items; each item looked up in the table or run through
/// the rules; then made a slug, or cut.
/// </summary>
/// <param name="Table">By normalised item; <c>*</c> is for all others, an empty key for an empty value.</param>
/// <param name="Rules">The first that holds decides.</param>
/// <param name="Else">When no rule holds; null: that is an error of the row.</param>
public sealed record Choice(
    string Pointer, MappedValue Value, bool Clean, string? Split, IReadOnlyDictionary<string, MappedValue>? Table,
    IReadOnlyList<ChoiceRule>? Rules, MappedValue? Else, bool Slug, int? Cut) : MappedValue(Pointer)
{
    public const string Otherwise = "*";

    public override IEnumerable<string> Columns
        => Children.SelectMany(child => child.Columns);

    private IEnumerable<MappedValue> Children
        => [Value, .. Table?.Values ?? [], .. (Rules ?? []).Select(rule => rule.Then), .. Else is null ? Array.Empty<MappedValue>() : [Else]];

    public override MappedValue Bind(ColumnNames columns, InputErrors errors) => this with
    {
        Value = Value.Bind(columns, errors),
        Table = Table?.ToDictionary(pair => pair.Key, pair => pair.Value.Bind(columns, errors), StringComparer.Ordinal),
        Rules = Rules?.Select(rule => rule with { Then = rule.Then.Bind(columns, errors) }).ToList(),
        Else = Else?.Bind(columns, errors),
    };

    public override ValueResult Of(IReadOnlyList<string> cells)
    {
        var whole = Value.Of(cells);
        if (whole.Error is not null) return whole;
        var items = new List<string>();
        foreach (var item in Items(whole))
        {
            var chosen = Choose(item, cells);
            if (chosen.Error is not null) return chosen;
            foreach (var text in chosen.Items.Select(Finish))
                if (text.Length > 0 && !items.Contains(text)) items.Add(text);
        }

        return new ValueResult(items);
    }

    private IEnumerable<string> Items(ValueResult whole)
    {
        IEnumerable<string> items = whole.Items;
        if (Clean) items = items.Select(Cleaned).Where(item => item.Length > 0);
        if (Split is not null) items = items.SelectMany(item => item.Split(Split, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        // An empty value is looked up too: a table or rule may have an answer to it.
        return items.DefaultIfEmpty("");
    }

    private ValueResult Choose(string item, IReadOnlyList<string> cells)
    {
        if (Table is not null)
        {
            if (Table.TryGetValue(ColumnNames.Normalise(item), out var found) || Table.TryGetValue(Otherwise, out found)) return found.Of(cells);
            return item.Length == 0 ? ValueResult.Empty : ValueResult.Failed($"'{item}' is not in the mapping's table; add it, or \"*\" for all others");
        }

        if (Rules is null) return ValueResult.Of(item);
        try
        {
            if (Rules.FirstOrDefault(rule => rule.Holds(item)) is { } holding) return holding.Then.Of(cells);
        }
        catch (RegexMatchTimeoutException)
        {
            return ValueResult.Failed("takes too long to match; simplify the pattern in the mapping");
        }

        if (Else is not null) return Else.Of(cells);
        return item.Length == 0 ? ValueResult.Empty : ValueResult.Failed($"'{item}' meets none of the mapping's rules; add one, or an \"else\"");
    }

    private string Finish(string text)
    {
        if (Slug) text = Validation.Slug.From(text);
        if (Cut is not { } longest || text.Length <= longest) return text;
        var end = char.IsHighSurrogate(text[longest - 2]) ? longest - 2 : longest - 1;
        return text[..end].TrimEnd() + (Slug ? "" : "…");
    }

    /// <summary>Line breaks and tabs become spaces, other control characters go, runs of spaces become one.</summary>
    private static string Cleaned(string text)
        => string.Join(' ', string.Concat(text.Where(c => !PlainText.Refuses(c) || char.IsWhiteSpace(c)))
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

/// <summary>Holds when the item contains one of the texts (case and spacing do not matter), or matches the pattern.</summary>
public sealed record ChoiceRule(IReadOnlyList<string> Contains, Regex? Matches, MappedValue Then)
{
    public bool Holds(string item)
    {
        var normal = ColumnNames.Normalise(item);
        return Contains.Any(text => normal.Contains(text, StringComparison.Ordinal)) || Matches?.IsMatch(item) == true;
    }

}
