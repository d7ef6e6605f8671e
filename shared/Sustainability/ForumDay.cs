using Microsoft.Extensions.Options;

namespace FundingFlow.Sustainability;

/// <summary>A day is a day in the Forum's time zone.</summary>
public sealed class ForumDay(TimeProvider clock, IOptions<FundingFlowOptions> options)
{
    private readonly TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(options.Value.TimeZone);

    public DateTimeOffset Now => clock.GetUtcNow();

    public DateOnly Today => Of(Now);

    public DateOnly Of(DateTimeOffset moment) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, zone).DateTime);
}
