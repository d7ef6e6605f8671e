using FundingFlow.Digests;
using FundingFlow.Partners;

namespace FundingFlow.Tests.Unit.Digests;

public class DigestPeriodTests
{
    [Theory]
    [InlineData(DigestFrequency.Weekly, "2026-11-23T07:59", null)] // Monday, a minute early; last week's is too old to catch up
    [InlineData(DigestFrequency.Weekly, "2026-11-23T08:00", "2026-W47")]
    [InlineData(DigestFrequency.Weekly, "2026-11-26T07:59", "2026-W47")]
    [InlineData(DigestFrequency.Weekly, "2026-11-26T08:00", null)]
    [InlineData(DigestFrequency.Weekly, "2027-01-04T08:00", "2026-W53")]
    [InlineData(DigestFrequency.Monthly, "2026-12-01T07:00", null)]
    [InlineData(DigestFrequency.Monthly, "2026-12-01T08:30", "2026-11")]
    [InlineData(DigestFrequency.Monthly, "2027-01-03T23:00", "2026-12")]
    [InlineData(DigestFrequency.Quarterly, "2026-12-01T08:30", null)]
    [InlineData(DigestFrequency.Quarterly, "2027-01-01T08:00", "2026-Q4")]
    [InlineData(DigestFrequency.Never, "2027-01-01T08:00", null)]
    public void A_digest_is_due_from_eight_in_the_morning_for_three_days(DigestFrequency frequency, string local, string? expected)
        => Assert.Equal(expected, DigestPeriod.DueAt(DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture), frequency, 3)?.Id);

    [Theory]
    [InlineData("2026-11-24", DigestFrequency.Weekly, "2026-W48", "2026-11-23", "2026-11-30")]
    [InlineData("2026-11-29", DigestFrequency.Weekly, "2026-W48", "2026-11-23", "2026-11-30")]
    [InlineData("2027-01-01", DigestFrequency.Weekly, "2026-W53", "2026-12-28", "2027-01-04")]
    [InlineData("2026-11-24", DigestFrequency.Monthly, "2026-11", "2026-11-01", "2026-12-01")]
    [InlineData("2026-12-31", DigestFrequency.Quarterly, "2026-Q4", "2026-10-01", "2027-01-01")]
    public void A_period_includes_its_start_and_excludes_its_end(string day, DigestFrequency frequency, string id, string from, string to)
    {
        var period = DigestPeriod.Containing(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), frequency);
        Assert.Equal((id, from, to), (period.Id, $"{period.From:yyyy-MM-dd}", $"{period.To:yyyy-MM-dd}"));
    }

    [Fact]
    public void Where_clocks_skip_midnight_the_day_starts_when_it_does()
    {
        // Cairo, 24 April 2026: from 23:59:59 clocks go to 01:00.
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Africa/Cairo");
        Assert.Equal(new DateTimeOffset(2026, 4, 23, 22, 0, 0, TimeSpan.Zero), ContactZone.StartOf(new DateOnly(2026, 4, 24), zone).ToUniversalTime());
    }
}
