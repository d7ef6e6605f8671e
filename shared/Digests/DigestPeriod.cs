using System.Globalization;
using FundingFlow.Partners;

namespace FundingFlow.Digests;

/// <summary>A contact's week (from Monday), month or quarter, from <paramref name="From"/> (included) to <paramref name="To"/> (excluded).</summary>
public sealed record DigestPeriod(DigestFrequency Frequency, DateOnly From, DateOnly To)
{
    /// <summary>A digest goes out at this hour of the contact's day.</summary>
    public const int Hour = 8;

    /// <summary>2026-W48, 2026-11 or 2026-Q4.</summary>
    public string Id => Frequency switch
    {
        DigestFrequency.Weekly => string.Create(CultureInfo.InvariantCulture,
            $"{ISOWeek.GetYear(From.ToDateTime(default))}-W{ISOWeek.GetWeekOfYear(From.ToDateTime(default)):D2}"),
        DigestFrequency.Monthly => From.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        _ => string.Create(CultureInfo.InvariantCulture, $"{From.Year}-Q{(From.Month + 2) / 3}"),
    };

    /// <summary>The one that ends where this begins.</summary>
    public DigestPeriod Before() => Containing(From.AddDays(-1), Frequency);

    /// <summary>The period that a day lies in.</summary>
    public static DigestPeriod Containing(DateOnly day, DigestFrequency frequency)
    {
        switch (frequency)
        {
            case DigestFrequency.Weekly:
                var monday = day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
                return new DigestPeriod(frequency, monday, monday.AddDays(7));
            case DigestFrequency.Monthly:
                var month = new DateOnly(day.Year, day.Month, 1);
                return new DigestPeriod(frequency, month, month.AddMonths(1));
            case DigestFrequency.Quarterly:
                var quarter = new DateOnly(day.Year, ((day.Month - 1) / 3 * 3) + 1, 1);
                return new DigestPeriod(frequency, quarter, quarter.AddMonths(3));
            default:
                throw new ArgumentOutOfRangeException(nameof(frequency), frequency, "A contact who wants no digest has no period.");
        }
    }

    /// <summary>
    /// The period whose digest is due at a moment of the contact's own time: it ended at 08:00 at most
    /// <paramref name="catchUpDays"/> days ago (so that a stop of a day or two loses nobody's digest); else null.
    /// </summary>
    public static DigestPeriod? DueAt(DateTime local, DigestFrequency frequency, int catchUpDays)
    {
        if (frequency == DigestFrequency.Never) return null;
        var day = DateOnly.FromDateTime(local.AddHours(-Hour));
        var current = Containing(day, frequency);
        return day.DayNumber - current.From.DayNumber < catchUpDays ? current.Before() : null;
    }
}
