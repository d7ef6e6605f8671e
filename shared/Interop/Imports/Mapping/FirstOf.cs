using FundingFlow.Validation;

namespace FundingFlow.Interop.Imports.Mapping;

/// <summary>The first of several values that is not empty. A candidate whose column the file lacks is passed over, as long as one is left.</summary>
public sealed record FirstOf(string Pointer, IReadOnlyList<MappedValue> Candidates) : MappedValue(Pointer)
{
    public override IEnumerable<string> Columns => Candidates.SelectMany(candidate => candidate.Columns);

    public override MappedValue Bind(ColumnNames columns, InputErrors errors)
    {
        var there = Candidates.Where(candidate => Fits(candidate, columns)).ToList();
        // None fits: binding them all names each column that is missing.
        return this with { Candidates = [.. (there.Count > 0 ? there : Candidates).Select(candidate => candidate.Bind(columns, errors))] };
    }

    public override ValueResult Of(IReadOnlyList<string> cells)
    {
        foreach (var candidate in Candidates)
            if (candidate.Of(cells) is var result && (result.Error is not null || result.Items.Count > 0)) return result;
        return ValueResult.Empty;
    }

    private static bool Fits(MappedValue candidate, ColumnNames columns)
    {
        var errors = new InputErrors();
        candidate.Bind(columns, errors);
        return !errors.Any;
    }
}
