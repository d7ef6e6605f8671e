using System.Globalization;
using FundingFlow.Pledges;
using FundingFlow.Storage;

namespace FundingFlow.Sustainability;

/// <summary>Makes an alert of each message that failed for good; about its pledge where it has one, so that one pledge has one alert.</summary>
public sealed class FailureAlerts(IAlerts alerts) : IFailureListener
{
    public Task FailedAsync(FailedMessage message, CancellationToken stop)
    {
        var figures = new Dictionary<string, string>
        {
            ["queue"] = message.Queue,
            ["messageId"] = message.Id,
            ["sentAt"] = message.InsertedOn.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        };
        if (message.PledgeId is { } pledge) figures["pledgeId"] = pledge;
        return alerts.OpenAsync(AlertKinds.FailedMessage, SubjectOf(message), IsMail(message) ? Severity.Warning : Severity.Critical, figures, AdviceFor(message), stop);
    }

    /// <summary>A mail about a mail that cannot be sent would fail too: one alert for the queue, and it waits for the daily summary.</summary>
    private static bool IsMail(FailedMessage message) => message.Queue is QueueNames.NotifyStaff or QueueNames.DigestsToSend;

    private static string SubjectOf(FailedMessage message)
        => string.Concat((IsMail(message) ? message.Queue : message.PledgeId ?? $"{message.Queue}.{message.Id}").Select(c => AlertId.IsSubject(c.ToString()) ? c : '-'));

    private static string AdviceFor(FailedMessage message) => message.PledgeId is null
        ? $"A message in {message.Queue} could not be handled. It is kept whole in table Failures: find the cause, then send it again or resolve this alert."
        : "A pledge could not be placed. Read it, find the cause, then submit it again or withdraw it, and resolve this alert.";
}
