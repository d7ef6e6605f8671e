using FundingFlow.Digests;
using FundingFlow.Storage;
using FundingFlow.Sustainability;
using FundingFlow.Tests.Simulation;
using FundingFlow.Tests.Unit.Digests;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using static FundingFlow.Tests.Unit.Sustainability.Facts;

namespace FundingFlow.Tests.Unit.Sustainability;

public class StaffNotifierTests
{
    private readonly InMemoryTables tables = new();
    private readonly InMemoryQueues queues = new();
    private readonly RecordingMailer mailer = new();
    private readonly SettableClock clock = new(Noon);
    private readonly SustainabilityOptions options = new() { StaffEmail = "staff@forum.example" };
    private readonly Alerts alerts;
    private readonly StaffNotifier notifier;
    private readonly CancellationToken stop = TestContext.Current.CancellationToken;

    public StaffNotifierTests()
    {
        var calendar = Calendar(clock);
        var book = new AlertBook(tables);
        alerts = new Alerts(book, queues, calendar);
        notifier = new StaffNotifier(
            book, new StaffMail(Options.Create(new FundingFlowOptions())), mailer, queues, calendar, Options.Create(options), NullLogger<StaffNotifier>.Instance);
    }

    [Fact]
    public async Task A_critical_alert_is_mailed_once_however_often_it_is_asked_for()
    {
        await OpenAsync("farm", Severity.Critical);
        await OpenAsync("farm", Severity.Critical);
        await DeliverAsync();
        await DeliverAsync();
        var mail = Assert.Single(mailer.Sent);
        Assert.Equal("Critical: Short runway · Farm in Kigali", mail.Subject);
        Assert.Contains("short-runway.farm.1", mail.Text, StringComparison.Ordinal);
        Assert.Equal("staff@forum.example", mail.To.Address);
    }

    [Fact]
    public async Task A_mail_repeated_after_a_crash_carries_the_same_message_id()
    {
        await OpenAsync("farm", Severity.Critical);
        tables.BeforeCommit = (_, _) => mailer.Sent.Count > 0 ? throw new IOException("crashed after the mail server had said yes") : Task.CompletedTask;
        await Assert.ThrowsAsync<IOException>(DeliverAsync);
        tables.BeforeCommit = null;
        clock.Now += TimeSpan.FromMinutes(10);
        await OpenAsync("farm", Severity.Critical);
        await DeliverAsync();
        Assert.Equal(2, mailer.Sent.Count);
        Assert.Single(mailer.Sent.Select(mail => mail.MessageId).Distinct());
    }

    [Fact]
    public async Task A_critical_alert_is_mailed_once_though_several_ask_at_once()
    {
        for (var i = 0; i < 4; i++) await OpenAsync("farm", Severity.Critical);
        var (sending, answered) = (new TaskCompletionSource(), new TaskCompletionSource());
        mailer.Answer = async _ =>
        {
            if (sending.TrySetResult()) await answered.Task;
            return Delivery.Done;
        };
        var first = DeliverAsync();
        await sending.Task;
        await notifier.AskForSummaryAsync(stop);
        await DeliverAsync();
        answered.SetResult();
        await first;
        Assert.Single(mailer.Sent);
    }

    [Fact]
    public async Task A_critical_alert_whose_mail_was_delayed_is_mailed_by_the_next_attempt()
    {
        await OpenAsync("farm", Severity.Critical);
        mailer.Answer = _ => throw new MailDelayedException("later");
        await Assert.ThrowsAsync<MailDelayedException>(DeliverAsync);
        mailer.Answer = null;
        await OpenAsync("farm", Severity.Critical);
        await DeliverAsync();
        Assert.Single(mailer.Sent);
    }

    [Fact]
    public async Task A_summary_says_how_many_it_does_not_show()
    {
        for (var i = 0; i < 103; i++) await OpenAsync($"farm-{i:D3}", Severity.Watch);
        await notifier.AskForSummaryAsync(stop);
        await DeliverAsync();
        var text = Assert.Single(mailer.Sent).Text;
        Assert.Contains("WATCH: 103", text, StringComparison.Ordinal);
        Assert.Contains("3 more are not shown here.", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_rest_goes_into_one_summary_and_the_next_day_into_none()
    {
        await OpenAsync("farm", Severity.Warning);
        await OpenAsync("festival", Severity.Watch);
        await notifier.AskForSummaryAsync(stop);
        await DeliverAsync();
        var mail = Assert.Single(mailer.Sent);
        Assert.Equal("2 new alerts on 24 November 2026", mail.Subject);
        await notifier.AskForSummaryAsync(stop);
        await DeliverAsync();
        Assert.Single(mailer.Sent);
    }

    [Fact]
    public async Task Without_an_address_nothing_is_mailed()
    {
        options.StaffEmail = null;
        await OpenAsync("farm", Severity.Critical);
        await DeliverAsync();
        Assert.Empty(mailer.Sent);
    }

    private Task OpenAsync(string project, Severity severity)
        => alerts.OpenAsync("short-runway", project, severity, new Dictionary<string, string> { ["project"] = $"{char.ToUpperInvariant(project[0])}{project[1..]} in Kigali", ["runwayDays"] = "9" }, "Do this.", stop);

    private async Task DeliverAsync()
    {
        while (queues.TryReceive(QueueNames.NotifyStaff) is { } message) await notifier.SendAsync(Wire.Read<StaffNotice>(message.Body), stop);
    }
}
