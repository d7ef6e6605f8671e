using System.Text.RegularExpressions;

namespace FundingFlow.Sustainability.Overview;

/// <summary>Alerts as a person reads them: the most severe first, names in words.</summary>
internal static partial class AlertList
{
    /// <summary>The figure that names an alert's subject for a reader.</summary>
    private const string Title = "project";
    private const string Percent = "Percent";

    public static IReadOnlyList<OpenAlert> Of(IEnumerable<Alert> alerts, Func<DateTimeOffset, DateOnly> dayOf)
        => [.. alerts.OrderByDescending(alert => alert.Severity).ThenBy(alert => alert.OpenedAt).ThenBy(alert => alert.Id, StringComparer.Ordinal)
            .Select(alert => new OpenAlert(
                WeightOf(alert.Severity), alert.Kind.Replace('-', ' '), alert.Figures.GetValueOrDefault(Title, alert.Subject), alert.Acknowledged,
                [.. alert.Figures.Where(figure => figure.Key != Title).Select(FigureOf)],
                alert.Advice, dayOf(alert.OpenedAt)))];

    private static AlertWeight WeightOf(Severity severity) => severity switch
    {
        Severity.Critical => AlertWeight.Critical,
        Severity.Warning => AlertWeight.Warning,
        _ => AlertWeight.Watch,
    };

    private static AlertFigure FigureOf(KeyValuePair<string, string> figure)
        => figure.Key.EndsWith(Percent, StringComparison.Ordinal)
            ? new AlertFigure(Words(figure.Key[..^Percent.Length]), $"{figure.Value} %")
            : new AlertFigure(Words(figure.Key), figure.Value);

    /// <summary>"missingToEndOfPlan" becomes "missing to end of plan".</summary>
    private static string Words(string member) => Capital().Replace(member, match => " " + match.Value.ToLowerInvariant());

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Capital();
}
