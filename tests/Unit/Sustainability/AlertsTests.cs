using FundingFlow.Storage;
using FundingFlow.Sustainability;
using FundingFlow.Tests.Simulation;
using FundingFlow.Validation;
using static FundingFlow.Tests.Unit.Sustainability.Facts;

namespace FundingFlow.Tests.Unit.Sustainability;

public class AlertsTests
{
    private readonly InMemoryTables tables = new();
    private readonly InMemoryQueues queues = new();
    private readonly SettableClock clock = new(Noon);
    private readonly AlertBook book;
    private readonly Alerts alerts;
    private readonly AlertDesk desk;
    private readonly CancellationToken stop = TestContext.Current.CancellationToken;

    public AlertsTests()
    {
        book = new AlertBook(tables);
        alerts = new Alerts(book, queues, Calendar(clock));
        desk = new AlertDesk(book, Calendar(clock));
    }

    [Fact]
    public async Task Racing_evaluations_open_one_alert()
    {
        // Everyone has read that nothing stands before anyone writes.
        var reading = new TaskCompletionSource();
        var arrived = 0;
        tables.BeforeCommit = (_, _) =>
        {
            if (Interlocked.Increment(ref arrived) == 8) reading.SetResult();
            return reading.Task;
        };
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => OpenAsync(Severity.Warning)));
        Assert.Equal("short-runway.farm.1", Assert.Single(await AllAsync()).Id);
    }

    [Fact]
    public async Task A_critical_alert_asks_for_a_mail_at_once_and_others_do_not()
    {
        await OpenAsync(Severity.Warning);
        Assert.Empty(queues.List(QueueNames.NotifyStaff));
        await OpenAsync(Severity.Critical);
        Assert.Equal(new StaffNotice(1, "short-runway.farm.1", null), Wire.Read<StaffNotice>(Assert.Single(queues.List(QueueNames.NotifyStaff)).Body));
    }

    [Fact]
    public async Task A_mail_whose_message_was_lost_is_asked_for_by_the_next_evaluation()
    {
        queues.BeforeSend = (_, _) => throw new IOException("lost");
        await Assert.ThrowsAsync<IOException>(() => OpenAsync(Severity.Critical));
        queues.BeforeSend = null;
        await OpenAsync(Severity.Critical);
        Assert.Single(queues.List(QueueNames.NotifyStaff));
    }

    [Fact]
    public async Task Staff_decisions_are_recorded_with_who_made_them()
    {
        await OpenAsync(Severity.Warning);
        await desk.AcknowledgeAsync("short-runway.farm.1", "key-1", Precondition.None, stop);
        await desk.SnoozeAsync("short-runway.farm.1", Today.AddDays(7), "key-2", Precondition.None, stop);
        var resolved = await desk.ResolveAsync("short-runway.farm.1", "Rome paid.", "key-3", Precondition.None, stop);
        Assert.Equal(AlertState.Resolved, resolved.Value.Alert.StateOn(Today));
        Assert.Equal(
            ["opened system warning", "acknowledged key-1 ", "snoozed key-2 2026-12-01", "resolved key-3 Rome paid."],
            resolved.Value.Alert.History.Select(happened => $"{happened.What} {happened.By} {happened.Note}"));
    }

    [Fact]
    public async Task Decisions_repeated_after_a_lost_answer_change_nothing()
    {
        await OpenAsync(Severity.Warning);
        for (var i = 0; i < 2; i++)
        {
            Assert.Null((await desk.AcknowledgeAsync("short-runway.farm.1", "key-1", Precondition.None, stop)).Refusal);
        }

        for (var i = 0; i < 2; i++)
            Assert.Equal(3, (await desk.ResolveAsync("short-runway.farm.1", null, "key-1", Precondition.None, stop)).Value.Alert.History.Count);
    }

    [Fact]
    public async Task A_resolution_repeated_after_the_severity_fell_changes_nothing()
    {
        await OpenAsync(Severity.Warning);
        await desk.ResolveAsync("short-runway.farm.1", null, "key-1", Precondition.None, stop);
        await OpenAsync(Severity.Watch);
        Assert.Equal(Severity.Watch, (await desk.ResolveAsync("short-runway.farm.1", null, "key-1", Precondition.None, stop)).Value.Alert.Severity);
        Assert.Equal(RefusalKind.Conflict, (await desk.ResolveAsync("short-runway.farm.1", null, "key-2", Precondition.None, stop)).Refusal?.Kind);
    }

    [Fact]
    public async Task What_is_over_or_unknown_or_changed_since_is_refused()
    {
        await OpenAsync(Severity.Warning);
        Assert.Equal(RefusalKind.NotFound, (await desk.AcknowledgeAsync("short-runway.farm.2", "k", Precondition.None, stop)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Invalid, (await desk.SnoozeAsync("short-runway.farm.1", Today, "k", Precondition.None, stop)).Refusal?.Kind);
        Assert.Equal(
            RefusalKind.PreconditionFailed,
            (await desk.AcknowledgeAsync("short-runway.farm.1", "k", new Precondition(["\"old\""], false), stop)).Refusal?.Kind);
        await alerts.CloseAsync("short-runway", "farm", stop);
        Assert.Equal(RefusalKind.Conflict, (await desk.AcknowledgeAsync("short-runway.farm.1", "k", Precondition.None, stop)).Refusal?.Kind);
    }

    [Fact]
    public async Task A_decision_that_meets_an_evaluation_holds_over_it()
    {
        await OpenAsync(Severity.Warning);
        var first = true;
        tables.BeforeCommit = async (_, _) =>
        {
            if (!first) return;
            first = false;
            await OpenAsync(Severity.Watch);
        };
        var decided = (await desk.AcknowledgeAsync("short-runway.farm.1", "key-1", Precondition.None, stop)).Value.Alert;
        Assert.True(decided.Acknowledged);
        Assert.Equal(Severity.Watch, decided.Severity);
    }

    [Fact]
    public async Task Pages_hold_what_is_wanted_and_lead_to_the_end()
    {
        for (var i = 0; i < 25; i++) await alerts.OpenAsync("short-runway", $"project-{i:D2}", Severity.Watch, new Dictionary<string, string>(), "", stop);
        for (var i = 0; i < 20; i++) await alerts.CloseAsync("short-runway", $"project-{i:D2}", stop);
        var found = new List<string>();
        string? next = null;
        do
        {
            var page = await book.PageAsync("short-runway", alert => alert.StateOn(Today) == AlertState.Open, 10, next, stop);
            found.AddRange(page.Alerts.Select(alert => alert.Subject));
            next = page.Continuation;
        }
        while (next is not null);

        Assert.Equal(["project-20", "project-21", "project-22", "project-23", "project-24"], found);
    }

    [Fact]
    public async Task A_subject_that_cannot_be_part_of_an_id_is_refused()
        => await Assert.ThrowsAsync<ArgumentException>(() => alerts.OpenAsync("short-runway", "a/b", Severity.Watch, new Dictionary<string, string>(), "", stop));

    private Task OpenAsync(Severity severity)
        => alerts.OpenAsync("short-runway", "farm", severity, new Dictionary<string, string> { ["days"] = "9" }, "Do this.", stop);

    private async Task<List<Alert>> AllAsync()
    {
        var all = new List<Alert>();
        await foreach (var stored in book.AllAsync(_ => true, stop)) all.Add(stored.Alert);
        return all;
    }
}
