using FundingFlow.Digests;
using FundingFlow.Partners;
using FundingFlow.Storage;

namespace FundingFlow.Tests.Unit.Digests;

public class DigestScheduleTests
{
    private readonly RecordingMailer mailer = new();
    private readonly CancellationToken stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_contact_is_asked_for_at_eight_of_its_own_morning_and_once()
    {
        var forum = SamplePledges.Forum("en");
        forum.Contacts.Clear();
        foreach (var (id, zone) in new[] { ("tokyo", "Asia/Tokyo"), ("rome", "Europe/Rome"), ("toronto", "America/Toronto"), ("nowhere", "No/Where") })
            forum.Contacts.Add(SamplePledges.Giulia("en") with { Id = id, TimeZone = zone });
        var bench = new DigestBench(forum, mailer, new DateTimeOffset(2026, 11, 30, 12, 5, 0, TimeSpan.Zero));
        var asked = new List<string>();
        for (var hour = 0; hour < 48; hour++, bench.Clock.Now += TimeSpan.FromHours(1))
        {
            await bench.Schedule.AskDueAsync(stop);
            while (bench.Queues.TryReceive(QueueNames.DigestsToSend) is { } message)
            {
                var digest = Wire.Read<DigestToSend>(message.Body);
                asked.Add($"{digest.ContactId} {bench.Clock.Now:dd HH:mm} {digest.Period.Id}");
                await bench.Sender.SendAsync(digest, stop);
            }
        }

        Assert.Equal(["tokyo 30 23:05 2026-11", "rome 01 07:05 2026-11", "nowhere 01 07:05 2026-11", "toronto 01 13:05 2026-11"], asked);
        Assert.Equal(4, mailer.Sent.Count);
    }

    [Fact]
    public async Task One_that_never_came_to_an_end_is_asked_for_again_an_hour_later()
    {
        var bench = new DigestBench(SamplePledges.Forum("en"), mailer, new DateTimeOffset(2026, 12, 1, 7, 5, 0, TimeSpan.Zero));
        await bench.Schedule.AskDueAsync(stop);
        await bench.Schedule.AskDueAsync(stop);
        Assert.Single(bench.Queues.List(QueueNames.DigestsToSend));
        bench.Clock.Now += TimeSpan.FromHours(1);
        await bench.Schedule.AskDueAsync(stop);
        Assert.Equal(2, bench.Queues.List(QueueNames.DigestsToSend).Count);
        while (bench.Queues.TryReceive(QueueNames.DigestsToSend) is { } message) await bench.Sender.SendAsync(Wire.Read<DigestToSend>(message.Body), stop);
        Assert.Single(mailer.Sent);
    }

    [Fact]
    public async Task Staff_can_ask_for_the_digest_of_the_running_period_which_then_is_its_only_one()
    {
        var bench = new DigestBench(SamplePledges.Forum("en"), mailer, new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));
        bench.Forum.Contacts.Add(SamplePledges.Giulia("en") with { Id = "never", Digest = new DigestChoice(DigestFrequency.Never, []) });
        Assert.Equal(new DigestsAsked(1, 0, 1), await bench.Schedule.AskNowAsync("rome", stop));
        await SendAllAsync(bench);
        Assert.Equal(new DigestsAsked(0, 1, 1), await bench.Schedule.AskNowAsync(null, stop));
        bench.Clock.Now = new DateTimeOffset(2026, 12, 1, 9, 5, 0, TimeSpan.Zero);
        await bench.Schedule.AskDueAsync(stop);
        await SendAllAsync(bench);
        Assert.Single(mailer.Sent);
    }

    [Fact]
    public async Task What_happens_after_a_digest_that_staff_asked_for_is_news_of_the_next()
    {
        var forum = SamplePledges.Forum("en");
        forum.Pledges.RemoveAll(pledge => pledge.Id != "rome.hours");
        forum.Pledges[0] = forum.Pledges[0] with { SubmittedAt = new DateTimeOffset(2026, 11, 12, 12, 0, 0, TimeSpan.Zero) };
        var bench = new DigestBench(forum, mailer, new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));
        await bench.Schedule.AskNowAsync("rome", stop);
        await SendAllAsync(bench);
        forum.Pledges[0] = forum.Pledges[0] with { SubmittedAt = new DateTimeOffset(2026, 11, 26, 12, 0, 0, TimeSpan.Zero) };
        bench.Clock.Now = new DateTimeOffset(2027, 1, 1, 9, 5, 0, TimeSpan.Zero);
        await bench.Schedule.AskDueAsync(stop);
        await SendAllAsync(bench);
        Assert.Equal(["Your pledges, November 2026", "Your pledges, December 2026"], mailer.Sent.Select(mail => mail.Subject));
        bench.Clock.Now = new DateTimeOffset(2027, 2, 1, 9, 5, 0, TimeSpan.Zero);
        await bench.Schedule.AskDueAsync(stop);
        await SendAllAsync(bench);
        Assert.Equal(2, mailer.Sent.Count);
    }

    [Fact]
    public async Task Nothing_to_say_in_mid_period_does_not_silence_its_end()
    {
        var forum = SamplePledges.Forum("en");
        var pledges = forum.Pledges.ToList();
        forum.Pledges.Clear();
        var bench = new DigestBench(forum, mailer, new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));
        await bench.Schedule.AskNowAsync("rome", stop);
        await SendAllAsync(bench);
        Assert.Equal(DigestStatus.Nothing, (await bench.Records.FindAsync("rome", "giulia", "2026-11", stop))!.Record.Status);
        forum.Pledges.AddRange(pledges);
        bench.Clock.Now = new DateTimeOffset(2026, 12, 1, 9, 5, 0, TimeSpan.Zero);
        await bench.Schedule.AskDueAsync(stop);
        await SendAllAsync(bench);
        Assert.Single(mailer.Sent);
    }

    [Fact]
    public async Task Without_a_mail_server_nobody_is_asked_for()
    {
        mailer.IsConfigured = false;
        var bench = new DigestBench(SamplePledges.Forum("en"), mailer, new DateTimeOffset(2026, 12, 1, 7, 5, 0, TimeSpan.Zero));
        await bench.Schedule.AskDueAsync(stop);
        Assert.Empty(bench.Queues.List(QueueNames.DigestsToSend));
    }

    private async Task SendAllAsync(DigestBench bench)
    {
        while (bench.Queues.TryReceive(QueueNames.DigestsToSend) is { } message) await bench.Sender.SendAsync(Wire.Read<DigestToSend>(message.Body), stop);
    }
}
