using System.Text.RegularExpressions;
using Cronos;
using Microsoft.Extensions.Configuration;

namespace FundingFlow.Local.Hosting;

/// <summary>An NCRONTAB expression as timer triggers carry it: six fields, seconds first, or five; in UTC.</summary>
public sealed partial class TimerSchedule
{
    private readonly CronExpression expression;

    private TimerSchedule(CronExpression expression) => this.expression = expression;

    /// <summary>Parses an expression in which <c>%Name%</c> stands for a setting.</summary>
    /// <exception cref="FormatException">No such setting, or no such expression.</exception>
    public static TimerSchedule Parse(string schedule, IConfiguration configuration)
    {
        var text = Setting().Replace(schedule, match => configuration[match.Groups[1].Value]
            ?? throw new FormatException($"the setting '{match.Groups[1].Value}' of its schedule is missing"));
        var fields = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Length;
        try
        {
            return new TimerSchedule(CronExpression.Parse(text, fields == 6 ? CronFormat.IncludeSeconds : CronFormat.Standard));
        }
        catch (CronFormatException e)
        {
            throw new FormatException($"its schedule '{text}' is not an NCRONTAB expression: {e.Message}", e);
        }
    }

    /// <summary>The first moment after <paramref name="after"/>, never that moment itself.</summary>
    public DateTimeOffset? Next(DateTimeOffset after) => expression.GetNextOccurrence(after, TimeZoneInfo.Utc);

    [GeneratedRegex("%([^%]+)%")]
    private static partial Regex Setting();
}
