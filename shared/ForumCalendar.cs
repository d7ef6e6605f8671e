using Microsoft.Extensions.Options;

namespace FundingFlow;

/// <summary>A day is a day in the Forum's time zone.</summary>
public sealed class ForumCalendar(TimeProvider clock, IOptions<FundingFlowOptions> options)
{
    private readonly TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(options.Value.TimeZone);

    public DateTimeOffset Now => clock.GetUtcNow();

    public DateOnly Today => DayOf(clock.GetUtcNow());

    public DateOnly DayOf(DateTimeOffset moment) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, zone).DateTime);
}
