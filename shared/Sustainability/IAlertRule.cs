namespace FundingFlow.Sustainability;

/// <summary>From what to keep an eye on, to what must be acted on today; in rising order.</summary>
public enum Severity { Watch, Warning, Critical }

/// <summary>What a rule found: how bad, the figures that led to it, and what staff can do.</summary>
public sealed record AlertReading(Severity Severity, IReadOnlyDictionary<string, string> Figures, string Advice);

/// <summary>
/// One kind of alert about a project: a pure function. To add a kind, add a class that implements this (its options
/// beside it); it is found by itself.
/// </summary>
public interface IAlertRule
{
    /// <summary>A slug; it is part of the alert's id.</summary>
    string Kind { get; }

    /// <summary>Null when all is well.</summary>
    /// <param name="standing">The severity of the alert that stands now; null when none does. A standing alert closes later than it opens.</param>
    AlertReading? Evaluate(ProjectFigures figures, Severity? standing, DateOnly today);
}
