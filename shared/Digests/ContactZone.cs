using FundingFlow.Partners;

namespace FundingFlow.Digests;

/// <summary>A contact's own time.</summary>
public static class ContactZone
{
    /// <summary>The Forum's where the contact's is not known here.</summary>
    public static TimeZoneInfo Of(Contact contact, string forumZone)
        => TimeZoneInfo.TryFindSystemTimeZoneById(contact.TimeZone, out var zone) ? zone : TimeZoneInfo.FindSystemTimeZoneById(forumZone);

    /// <summary>The first moment of a day; where clocks skip midnight, the moment to which they skip.</summary>
    public static DateTimeOffset StartOf(DateOnly day, TimeZoneInfo zone)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(midnight)) midnight = midnight.AddMinutes(15);
        return new DateTimeOffset(midnight, zone.GetUtcOffset(midnight));
    }
}
