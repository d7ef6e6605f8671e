using System.ComponentModel.DataAnnotations;
using System.Globalization;
using FundingFlow.Projects;
using Microsoft.Extensions.Options;

namespace FundingFlow.Sustainability.Rules;

/// <summary>Section <c>FundingFlow:Sustainability:FundingGap</c>; coverage in whole percent.</summary>
public sealed class FundingGapOptions : IAlertOptions, IValidatableObject
{
    public static string Section => "FundingGap";

    /// <summary>A project is near when it starts within this many days.</summary>
    [Range(1, 3650)] public int NearDays { get; set; } = 90;

    /// <summary>Not near yet, or no start is stated.</summary>
    [Range(0, 100)] public int FarWatchBelow { get; set; } = 25;

    [Range(0, 100)] public int NearWatchBelow { get; set; } = 75;
    [Range(0, 100)] public int NearWarningBelow { get; set; } = 50;

    /// <summary>From its first day to its last.</summary>
    [Range(0, 100)] public int RunningWarningBelow { get; set; } = 80;
    [Range(0, 100)] public int RunningCriticalBelow { get; set; } = 50;

    /// <summary>A severity ends this many percentage points above its threshold.</summary>
    [Range(0, 50)] public int Margin { get; set; } = 5;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (NearWarningBelow > NearWatchBelow || RunningCriticalBelow > RunningWarningBelow)
            yield return new ValidationResult("FundingGap: the threshold of a higher severity must not be above that of a lower one.");
    }
}

/// <summary>
/// Committed and received money cover too little of what a project requires. The nearer it is, the more must be
/// covered: far off only the least is watched; a running project with less than half is critical; one that has ended or is
/// closed, or has all the money, is silent.
/// </summary>
public sealed class FundingGap(IOptions<FundingGapOptions> options) : IAlertRule
{
    /// <summary>A margin above a threshold near it would else keep the alert of a project that lacks nothing.</summary>
    private const int Full = 100;

    private readonly FundingGapOptions limits = options.Value;

    public string Kind => "funding-gap";

    public AlertReading? Evaluate(ProjectFigures figures, Severity? standing, DateOnly today)
    {
        if (figures.CoveragePercent is not { } coverage || coverage >= Full || figures.Project.TakesNothingOn(today)) return null;
        if (LadderFor(figures.Project.StartsOn, today).Read(coverage, standing) is not { } severity) return null;
        var known = new Dictionary<string, string>
        {
            ["project"] = figures.Project.Title,
            ["coveragePercent"] = coverage.ToString(CultureInfo.InvariantCulture),
            ["requirement"] = figures.Money(figures.Requirement),
            ["funding"] = figures.Money(figures.Funding),
            ["gap"] = figures.Money(figures.Gap),
            ["proposed"] = figures.Money(figures.Proposed),
        };
        return new AlertReading(severity, known, Advice(figures));
    }

    private Ladder LadderFor(DateOnly? startsOn, DateOnly today)
    {
        if (startsOn is not { } start || start.DayNumber - today.DayNumber > limits.NearDays)
            return new Ladder([(Severity.Watch, limits.FarWatchBelow)], limits.Margin);
        return start > today
            ? new Ladder([(Severity.Watch, limits.NearWatchBelow), (Severity.Warning, limits.NearWarningBelow)], limits.Margin)
            : new Ladder([(Severity.Warning, limits.RunningWarningBelow), (Severity.Critical, limits.RunningCriticalBelow)], limits.Margin);
    }

    private static string Advice(ProjectFigures figures) => figures.Proposed switch
    {
        0 => $"Look for partners interested in {Areas.NameOf(figures.Project.Area)}: {figures.Money(figures.Gap)} is open and nothing is proposed for it.",
        var proposed when proposed >= figures.Gap => $"Ask the partners to confirm the {figures.Money(proposed)} proposed for it: that closes the gap.",
        var proposed => $"Ask the partners to confirm the {figures.Money(proposed)} proposed for it; another {figures.Money(figures.Gap - proposed)} has still to be found.",
    };
}
