using System.Globalization;
using FundingFlow.Pledges;

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
        return alerts.OpenAsync(AlertKinds.FailedMessage, SubjectOf(message), Severity.Critical, figures, AdviceFor(message), stop);
    }

    private static string SubjectOf(FailedMessage message)
        => string.Concat((message.PledgeId ?? $"{message.Queue}.{message.Id}").Select(c => AlertId.IsSubject(c.ToString()) ? c : '-'));

    private static string AdviceFor(FailedMessage message) => message.PledgeId is null
        ? $"A message in {message.Queue} could not be handled. It is kept whole in table Failures: find the cause, then send it again or resolve this alert."
        : "A pledge could not be placed. Read it, find the cause, then submit it again or withdraw it, and resolve this alert.";
}
