namespace FundingFlow.Sustainability;

/// <summary>Raises alerts that come from no rule about a project. Safe to repeat and to race: one alert stands per kind and subject.</summary>
public interface IAlerts
{
    /// <summary>Opens an alert, or brings the one that stands up to date.</summary>
    /// <param name="kind">A slug, such as <see cref="AlertKinds.FailedMessage"/>.</param>
    /// <param name="subject">See <see cref="AlertId.IsSubject"/>.</param>
    /// <exception cref="ArgumentException">The subject cannot be part of an id.</exception>
    Task OpenAsync(
        string kind, string subject, Severity severity, IReadOnlyDictionary<string, string> figures, string advice, CancellationToken stop);

    /// <summary>Closes the alert that stands, if one does.</summary>
    Task CloseAsync(string kind, string subject, CancellationToken stop);
}

public static class AlertKinds
{
    /// <summary>A message failed as often as it may and lies in a poison queue; the subject is the message's id.</summary>
    public const string FailedMessage = "failed-message";
}
