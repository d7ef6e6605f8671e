using FundingFlow.Digests;
using FundingFlow.Partners;
using FundingFlow.Storage;
using FundingFlow.Sustainability;
using static FundingFlow.Tests.Unit.Sustainability.Facts;

namespace FundingFlow.Tests.Unit.Sustainability;

/// <summary>Stored rows and queued messages outlive a release.</summary>
public class AlertShapeTests
{
    [Fact]
    public void Rows_and_messages_of_alerts_and_digests_have_the_shapes_that_were_approved()
    {
        var alert = new Alert("short-runway", "farm", 2, Severity.Critical, new Dictionary<string, string> { ["runwayDays"] = "9" }, "Do this.", Noon)
        {
            Acknowledged = true, SnoozedUntil = Today, ResolvedAt = Noon, ClosedAt = Noon, MailedSeverity = Severity.Warning, MailingUntil = Noon,
            History = [new AlertEvent(Noon, "resolved", "key-1", "Rome paid.")],
        };
        var period = DigestPeriod.Containing(Today, DigestFrequency.Weekly);
        Approved.Matches("rows-alerts", string.Join('\n',
            "Alerts", Wire.Write(alert),
            "notify-staff", Wire.Write(StaffNotice.Of(alert)), Wire.Write(StaffNotice.Summary(Today)),
            "Digests", Wire.Write(new DigestRecord("rome", "giulia", period.Id, DigestStatus.Sent, Noon, "id@host")),
            "digests-to-send", Wire.Write(new DigestToSend(1, "rome", "giulia", period))));
        Assert.Equal(alert.Id, Wire.Read<Alert>(Wire.Write(alert)).Id);
        Assert.Equal(period, Wire.Read<DigestToSend>(Wire.Write(new DigestToSend(1, "rome", "giulia", period))).Period);
    }
}
