using System.ComponentModel.DataAnnotations;
using FundingFlow.Projects;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace FundingFlow.Matching;

/// <summary>Reads the policy from the configuration, and stops the start, naming the key, where that cannot be right.</summary>
public sealed class PlacingPolicySetup(IConfiguration configuration) : IConfigureOptions<PlacingPolicy>, IValidateOptions<PlacingPolicy>
{
    private const string AreasName = "Areas";
    private static readonly HashSet<string> Names =
        new(typeof(PlacingTerms).GetProperties().Select(property => property.Name), StringComparer.OrdinalIgnoreCase);

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

    private static void Check(IConfigurationSection section, PlacingTerms terms, List<string> wrong)
    {
        foreach (var child in section.GetChildren().Where(child => !Names.Contains(child.Key) && !(terms is PlacingPolicy && string.Equals(child.Key, AreasName, StringComparison.OrdinalIgnoreCase))))
            wrong.Add($"{child.Path}: there is no such setting; it must be one of {string.Join(", ", Names)}.");
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(terms, new ValidationContext(terms), results, validateAllProperties: true);
        wrong.AddRange(results.Select(result => $"{section.Path}:{result.MemberNames.FirstOrDefault()}: {result.ErrorMessage}"));
        if (terms.WeightEssential > terms.WeightBelowMinimum) wrong.Add($"{section.Path}:WeightEssential: must not be above WeightBelowMinimum ({terms.WeightBelowMinimum}).");
        if (terms.WeightRest > terms.WeightEssential) wrong.Add($"{section.Path}:WeightRest: must not be above WeightEssential ({terms.WeightEssential}).");
    }
}
