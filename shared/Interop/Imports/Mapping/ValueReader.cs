using System.Text.Json;
using System.Text.RegularExpressions;
using FundingFlow.Validation;

namespace FundingFlow.Interop.Imports.Mapping;

/// <summary>Reads a value of the mapping file: a text, a list of candidates, or an object with a table or rules.</summary>
internal static class ValueReader
{
    private const int LongestText = 500;
    private const int MostEntries = 2000;

    public static MappedValue? Read(JsonElement element, string pointer, InputErrors errors)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                return ReadTemplate(element.GetString()!, pointer, errors);
            case JsonValueKind.Array:
                return ReadCandidates(element, pointer, errors);
            case JsonValueKind.Object:
                var input = new JsonInput(element, pointer, errors);
                var choice = ReadChoice(input);
                input.RefuseOthers();
                return choice;
            default:
                errors.Add(pointer, "must be a text (with {Column} in it, or a constant), a list of candidates, or an object with a value");
                return null;
        }
    }

    private static Template? ReadTemplate(string text, string pointer, InputErrors errors)
    {
        if (text.Length <= LongestText) return Template.Parse(text, pointer, errors);
        errors.Add(pointer, $"must have at most {LongestText} characters");
        return null;
    }

    private static FirstOf? ReadCandidates(JsonElement element, string pointer, InputErrors errors)
    {
        if (element.GetArrayLength() is 0 or > 20)
        {
            errors.Add(pointer, "must have 1 to 20 candidates");
            return null;
        }

        var candidates = element.EnumerateArray().Select((item, i) => Read(item, $"{pointer}/{i}", errors)).ToList();
        return new FirstOf(pointer, [.. candidates.OfType<MappedValue>()]);
    }

    private static Choice? ReadChoice(JsonInput input)
    {
        var value = Member(input, "value");
        if (!input.Has("value")) input.Error("value", "is required: the text that the table, the rules or the slug are made from");
        var table = ReadTable(input);
        var rules = input.Has("rules") ? input.Objects("rules", ReadRule, MostEntries) : null;
        var otherwise = Member(input, "else");
        if (table is not null && rules is not null) input.Error("rules", "cannot stand beside a table; nest one in the other");
        if (otherwise is not null && rules is null) input.Error("else", "belongs to rules; a table has the key \"*\"");
        var split = input.Element("split") is { ValueKind: JsonValueKind.String } text && text.GetString() is { Length: 1 } by ? by : null;
        if (split is null && input.Has("split")) input.Error("split", "must be one character");
        var choice = new Choice(input.Pointer, value!, input.Flag("clean") ?? false, split, table, rules, otherwise,
            input.Flag("slug") ?? false, input.Integer("cut", 2, 1000));
        return value is null ? null : choice;
    }

    private static Dictionary<string, MappedValue>? ReadTable(JsonInput input)
    {
        if (input.Element("table") is not { } element) return null;
        var table = new Dictionary<string, MappedValue>(StringComparer.Ordinal);
        var members = new JsonInput(element, input.At("table"), input.Errors);
        foreach (var key in members.Names.Take(MostEntries))
            if (Member(members, key) is { } value && !table.TryAdd(ColumnNames.Normalise(key), value))
                members.Error(key, "is given twice: case and spacing do not matter");
        members.RefuseOthers();
        return table;
    }

    private static ChoiceRule? ReadRule(JsonInput input)
    {
        var contains = input.Element("contains") is { ValueKind: JsonValueKind.String } one
            ? [one.GetString()!]
            : input.Texts("contains");
        if (contains.Any(string.IsNullOrWhiteSpace)) input.Error("contains", "must not be empty");
        var pattern = input.Text("matches", LongestText);
        if (contains.Count == 0 && pattern is null) input.Error("contains", "or matches is required");
        var then = Member(input, "then");
        if (!input.Has("then")) input.Error("then", "is required");
        var regex = pattern is null ? null : ReadPattern(pattern, input);
        return then is null ? null : new ChoiceRule([.. contains.Select(ColumnNames.Normalise)], regex, then);
    }

    private static Regex? ReadPattern(string pattern, JsonInput input)
    {
        try
        {
            // Without backtracking, so that no pattern meets a cell that keeps it busy.
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(200));
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            input.Error("matches", "is not a regular expression that is understood here (no look-around, no back-references)");
            return null;
        }
    }

    private static MappedValue? Member(JsonInput input, string name)
        => input.Element(name) is { } element ? Read(element, input.At(name), input.Errors) : null;
}
