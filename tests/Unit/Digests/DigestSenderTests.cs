using FundingFlow.Digests;
using FundingFlow.Partners;

namespace FundingFlow.Tests.Unit.Digests;

public class DigestSenderTests
{
    private static readonly DigestToSend November = new(1, "rome", "giulia", DigestPeriod.Containing(new DateOnly(2026, 11, 1), DigestFrequency.Monthly));
    private readonly RecordingMailer mailer = new();
    private readonly DigestBench bench;
    private readonly CancellationToken stop = TestContext.Current.CancellationToken;

    public DigestSenderTests() => bench = new DigestBench(SamplePledges.Forum("en"), mailer, SamplePledges.Now);

    [Fact]
    public async Task Messages_that_come_twice_or_at_once_send_one_mail()
    {
        var both = new TaskCompletionSource();
        mailer.Answer = async _ =>
        {
            await both.Task;
            return Delivery.Done;
        };
        var sending = Enumerable.Range(0, 5).Select(_ => bench.Sender.SendAsync(November, stop)).ToList();
        both.SetResult();
        await Task.WhenAll(sending);
        await bench.Sender.SendAsync(November, stop);
        Assert.Single(mailer.Sent);
        Assert.Equal(DigestStatus.Sent, await StatusAsync());
    }

    [Fact]
    public async Task What_a_mail_names_is_noted_as_told_before_it_goes_out()
    {
        var noted = 0;
        mailer.Answer = _ =>
        {
            noted = bench.Forum.Told.Count;
            return Task.FromResult(Delivery.Done);
        };
        await bench.Sender.SendAsync(November, stop);
        Assert.True(noted > 0);
        Assert.All(bench.Forum.Told, part => Assert.Equal("rome", part.PartnerId));
    }

    [Fact]
    public async Task A_server_that_says_later_is_tried_again()
    {
        mailer.Answer = _ => throw new MailDelayedException("The mail server answered 451.");
        await Assert.ThrowsAsync<MailDelayedException>(() => bench.Sender.SendAsync(November, stop));
        Assert.Equal(DigestStatus.Queued, await StatusAsync());
        mailer.Answer = null;
        await bench.Sender.SendAsync(November, stop);
        Assert.Single(mailer.Sent);
    }

    [Fact]
    public async Task A_server_that_says_never_is_recorded_and_not_asked_again()
    {
        mailer.Answer = _ => Task.FromResult(Delivery.Refused("550 RecipientNotAccepted"));
        await bench.Sender.SendAsync(November, stop);
        mailer.Answer = _ => throw new InvalidOperationException("It must not be asked again.");
        await bench.Sender.SendAsync(November, stop);
        var record = (await bench.Records.FindAsync("rome", "giulia", "2026-11", stop))!.Record;
        Assert.Equal((DigestStatus.Refused, "550 RecipientNotAccepted"), (record.Status, record.Note));
    }

    [Fact]
    public async Task A_crash_after_the_servers_yes_sends_the_same_message_id_again_and_nothing_else()
    {
        bench.Tables.BeforeCommit = (_, changes) => mailer.Sent.Count == 1 ? throw new IOException("crashed") : Task.CompletedTask;
        await Assert.ThrowsAsync<IOException>(() => bench.Sender.SendAsync(November, stop));
        bench.Tables.BeforeCommit = null;
        bench.Clock.Now += TimeSpan.FromMinutes(10); // when the host shows a crashed worker's message again
        await bench.Sender.SendAsync(November, stop);
        await bench.Sender.SendAsync(November, stop);
        Assert.Equal(2, mailer.Sent.Count);
        Assert.Single(mailer.Sent.Select(mail => mail.MessageId).Distinct());
    }

    [Fact]
    public async Task Who_unsubscribed_or_was_erased_meanwhile_gets_none()
    {
        bench.Forum.Contacts[0] = bench.Forum.Contacts[0] with { Digest = new DigestChoice(DigestFrequency.Never, []) };
        await bench.Sender.SendAsync(November, stop);
        bench.Forum.Contacts.Clear();
        await bench.Sender.SendAsync(November, stop);
        Assert.Empty(mailer.Sent);
        Assert.Equal(DigestStatus.Nothing, await StatusAsync());
    }

    [Fact]
    public async Task What_changed_since_the_last_mail_is_news_however_often_the_contact_wants_one_now()
    {
        var pledge = SamplePledges.Of("rome.2nov", 100_00, at: new DateTimeOffset(2026, 11, 12, 10, 0, 0, TimeSpan.Zero));
        bench.Forum.Pledges.Clear();
        bench.Forum.Pledges.Add(pledge);
        DigestToSend week48 = new(1, "rome", "giulia", DigestPeriod.Containing(new DateOnly(2026, 11, 23), DigestFrequency.Weekly));
        await bench.Records.TryWriteAsync(new DigestRecord("rome", "giulia", "2026-W47", DigestStatus.Nothing, SamplePledges.Now.AddDays(-9)), null, stop);
        await bench.Records.TryWriteAsync(new DigestRecord("rome", "giulia", "2026-10", DigestStatus.Sent, SamplePledges.Now.AddDays(-30)), null, stop);
        await bench.Sender.SendAsync(week48, stop);
        Assert.Single(mailer.Sent);

        // Told by that mail: the month's has nothing new to say.
        await bench.Sender.SendAsync(November, stop);
        Assert.Single(mailer.Sent);
        Assert.Equal(DigestStatus.Nothing, await StatusAsync());
    }

    private async Task<DigestStatus?> StatusAsync() => (await bench.Records.FindAsync("rome", "giulia", "2026-11", stop))?.Record.Status;
}
