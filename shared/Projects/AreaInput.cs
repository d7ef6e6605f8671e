using FundingFlow.Validation;

namespace FundingFlow.Projects;

/// <summary>Members that name areas of attraction, for every request that has them.</summary>
public static class AreaInput
{
    public static readonly string Rule = "must be one of " + string.Join(", ", Areas.All);

    public static string? Area(this JsonInput input, string name, bool required = false)
    {
        var text = input.Text(name, 64, required);
        if (text is null || Areas.IsArea(text)) return text;
        input.Error(name, Rule);
        return null;
    }

    public static IReadOnlyList<string> AreaSlugs(this JsonInput input, string name)
        => input.Slugs(name, 7, Areas.IsArea, Rule);
}
