using System.ComponentModel.DataAnnotations;
using System.Globalization;
using FundingFlow.Projects;
using Microsoft.Extensions.Options;

namespace FundingFlow.Sustainability.Rules;

/// <summary>Section <c>FundingFlow:Sustainability:ShortRunway</c>; all in days.</summary>
public sealed class ShortRunwayOptions : IAlertOptions, IValidatableObject
{
    public static string Section => "ShortRunway";

    [Range(1, 3650)] public int CriticalBelow { get; set; } = 30;
    [Range(1, 3650)] public int WarningBelow { get; set; } = 60;
    [Range(1, 3650)] public int WatchBelow { get; set; } = 90;

    /// <summary>A severity ends this many days above its threshold.</summary>
    [Range(0, 365)] public int Margin { get; set; } = 7;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (CriticalBelow > WarningBelow || WarningBelow > WatchBelow)
            yield return new ValidationResult("ShortRunway: CriticalBelow ≤ WarningBelow ≤ WatchBelow must hold.");
    }
}

/// <summary>A project's money ends soon. Silent without a budget, once the plan's last day or the project's has passed, and where it is closed.</summary>
public sealed class ShortRunway(IOptions<ShortRunwayOptions> options) : IAlertRule
{
    private readonly Ladder ladder = new(
        [
            (Severity.Watch, options.Value.WatchBelow),
            (Severity.Warning, options.Value.WarningBelow),
            (Severity.Critical, options.Value.CriticalBelow),
        ],
        options.Value.Margin);

    public string Kind => "short-runway";

    public AlertReading? Evaluate(ProjectFigures figures, Severity? standing, DateOnly today)
    {
        if (figures.RunwayDays is not { } days || figures.SecuredUntil is not { } until || figures.PlanEndsBefore <= today || figures.Project.TakesNothingOn(today))
            return null;
        if (ladder.Read(days, standing) is not { } severity) return null;
        var known = new Dictionary<string, string>
        {
            ["project"] = figures.Project.Title,
            ["securedUntil"] = until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["runwayDays"] = days.ToString(CultureInfo.InvariantCulture),
            ["missingToEndOfPlan"] = figures.Money(figures.Missing),
            ["proposed"] = figures.Money(figures.Proposed),
        };
        if (figures.Arrears > 0) known["overdue"] = figures.Money(figures.Arrears);
        return new AlertReading(severity, known, Advice(figures, known["securedUntil"]));
    }

    private static string Advice(ProjectFigures figures, string until)
    {
        if (figures.Missing == 0 && figures.Arrears == 0)
            return $"Ask the partners whose instalments fall due later to pay before {until}: its money is promised to the end of its plan, and comes too late.";
        if (figures.Missing == 0)
            return $"Ask the partners for the {figures.Money(figures.Arrears)} that is overdue: its money is promised to the end of its plan, and late.";
        return figures.Proposed switch
        {
            0 => $"Nothing is proposed for it. Look for partners interested in {Areas.NameOf(figures.Project.Area)}: {figures.Money(figures.Missing)} more carries it to the end of its plan.",
            var proposed when proposed >= figures.Missing => $"Ask the partners to confirm the {figures.Money(proposed)} proposed for it: that carries it to the end of its plan.",
            var proposed => $"Ask the partners to confirm the {figures.Money(proposed)} proposed for it; another {figures.Money(figures.Missing - proposed)} carries it to the end of its plan.",
        };
    }
}
