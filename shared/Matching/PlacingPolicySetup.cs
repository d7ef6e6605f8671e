using System.ComponentModel.DataAnnotations;
using FundingFlow.Projects;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace FundingFlow.Matching;

/// <summary>Reads the policy from the configuration, and stops the start, naming the key, where that cannot be right.</summary>
public sealed class PlacingPolicySetup(IConfiguration configuration) : IConfigureOptions<PlacingPolicy>, IValidateOptions<PlacingPolicy>
{
    private const string AreasName = "Areas";
    private static readonly HashSet<string> NamesOfAreas = NamesOf(typeof(PlacingTerms));
    private static readonly HashSet<string> NamesForAll = [.. NamesOf(typeof(PlacingPolicy)), AreasName];

    private readonly IConfigurationSection section = configuration.GetSection(PlacingPolicy.Section);

    /// <exception cref="InvalidOperationException">A value is no number; the message names its key.</exception>
    public void Configure(PlacingPolicy options)
    {
        ArgumentNullException.ThrowIfNull(options);
        section.Bind(options);
        foreach (var area in section.GetSection(AreasName).GetChildren())
        {
            var terms = new PlacingTerms();
            section.Bind(terms);
            area.Bind(terms);
            options.Override(area.Key.ToLowerInvariant(), terms);
        }
    }

    public ValidateOptionsResult Validate(string? name, PlacingPolicy options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var wrong = new List<string>();
        Check(section, options, wrong);
        foreach (var area in section.GetSection(AreasName).GetChildren())
        {
            var slug = area.Key.ToLowerInvariant();
            if (Areas.IsArea(slug)) Check(area, options.In(slug), wrong);
            else wrong.Add($"{area.Path}: there is no such area; it must be one of {string.Join(", ", Areas.All)}.");
        }

        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    private static HashSet<string> NamesOf(Type terms)
        => new(terms.GetProperties().Where(property => property.CanWrite).Select(property => property.Name), StringComparer.OrdinalIgnoreCase);

    private static void Check(IConfigurationSection section, PlacingTerms terms, List<string> wrong)
    {
        var names = terms is PlacingPolicy ? NamesForAll : NamesOfAreas;
        foreach (var child in section.GetChildren().Where(child => !names.Contains(child.Key, StringComparer.OrdinalIgnoreCase)))
            wrong.Add($"{child.Path}: there is no such setting; it must be one of {string.Join(", ", names)}.");
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(terms, new ValidationContext(terms), results, validateAllProperties: true);
        wrong.AddRange(results.Select(result => $"{section.Path}:{result.MemberNames.FirstOrDefault()}: {result.ErrorMessage}"));
        if (terms.WeightEssential > terms.WeightBelowMinimum) wrong.Add($"{section.Path}:WeightEssential: must not be above WeightBelowMinimum ({terms.WeightBelowMinimum}).");
        if (terms.WeightRest > terms.WeightEssential) wrong.Add($"{section.Path}:WeightRest: must not be above WeightEssential ({terms.WeightEssential}).");
    }
}
