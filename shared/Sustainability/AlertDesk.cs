using FundingFlow.Storage;
using FundingFlow.Validation;

namespace FundingFlow.Sustainability;

/// <summary>What staff decide about an alert. Each is recorded with the opaque id of the key that asked.</summary>
public sealed class AlertDesk(AlertBook book, ForumCalendar calendar)
{
    public const string NoSuchAlert = "There is no alert of this id.";
    private const int Attempts = 10;

    /// <summary>Seen, and somebody is on it. It stays open; again: no change.</summary>
    public Task<Outcome<StoredAlert>> AcknowledgeAsync(string id, string by, Precondition condition, CancellationToken stop)
        => DecideAsync(id, condition, alert => alert.Acknowledged
            ? alert
            : (alert with { Acknowledged = true }).With(new AlertEvent(calendar.Now, "acknowledged", by)), stop);

    /// <summary>Quiet before <paramref name="until"/>, a day after today; it wakes on that day, or when its severity rises.</summary>
    public async Task<Outcome<StoredAlert>> SnoozeAsync(string id, DateOnly until, string by, Precondition condition, CancellationToken stop)
        => until <= calendar.Today
            ? Refusal.Invalid("/until", "must be a day after today")
            : await DecideAsync(id, condition, alert => alert.SnoozedUntil == until
                ? alert
                : (alert with { SnoozedUntil = until }).With(new AlertEvent(calendar.Now, "snoozed", by, $"{until:yyyy-MM-dd}")), stop);

    /// <summary>Done with by hand. It opens again once it has recovered and comes back, or when its severity rises.</summary>
    /// <remarks>The same again from the same key, as after a lost answer: no change.</remarks>
    public Task<Outcome<StoredAlert>> ResolveAsync(string id, string? note, string by, Precondition condition, CancellationToken stop)
        => DecideAsync(id, condition, alert => (alert with { ResolvedAt = calendar.Now }).With(new AlertEvent(calendar.Now, "resolved", by, note)), stop,
            alreadySo: alert => alert.History.LastOrDefault(happened => happened.What != "severity-fell") is { What: "resolved" } last && last.By == by && last.Note == note);

    private async Task<Outcome<StoredAlert>> DecideAsync(
        string id, Precondition condition, Func<Alert, Alert> decide, CancellationToken stop, Func<Alert, bool>? alreadySo = null)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await book.FindAsync(id, stop) is not { } stored) return Refusal.NotFound(NoSuchAlert);
            if (alreadySo?.Invoke(stored.Alert) == true) return stored;
            if (condition.Check(stored.ETag) is { } no) return no;
            if (stored.Alert.StateOn(calendar.Today) is var state && state is AlertState.Resolved or AlertState.Closed)
                return Refusal.Conflict($"This alert is {(state == AlertState.Closed ? "closed: its cause has gone" : "resolved already")}.");
            var next = decide(stored.Alert);
            if (next == stored.Alert) return stored;
            try
            {
                return await book.WriteAsync(next, stored.ETag, stop);
            }
            catch (StoreConflictException) when (attempt < Attempts)
            {
                // Read again: an evaluation, or another member of staff, was faster.
            }
        }
    }
}
