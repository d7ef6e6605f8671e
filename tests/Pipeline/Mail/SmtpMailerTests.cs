using FundingFlow.Digests;
using FundingFlow.Mail;
using FundingFlow.Tests.Unit.Digests;
using FundingFlow.Tests.Unit.Sustainability;
using Microsoft.Extensions.Options;
using MimeKit;

namespace FundingFlow.Tests.Pipeline.Mail;

/// <summary>Against a real SMTP server in this process.</summary>
public sealed class SmtpMailerTests : IAsyncLifetime
{
    private const int Connections = 3;

    private readonly TestMailbox mailbox = new();
    private readonly SettableClock clock = new(SamplePledges.Now);
    private SmtpMailer mailer = null!;
    private readonly CancellationToken stop = TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        mailbox.Start();
        mailer = NewMailer(mailbox.Port);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        mailer.Dispose();
        await mailbox.DisposeAsync();
    }

    [Fact]
    public async Task A_digest_arrives_whole_and_its_repetition_carries_the_same_message_id()
    {
        var bench = new DigestBench(SamplePledges.Forum("fr"), mailer, SamplePledges.Now);
        var digest = (await bench.NovemberAsync(stop))!;
        Assert.True((await mailer.SendAsync(digest, stop)).Accepted);
        Assert.True((await mailer.SendAsync(digest, stop)).Accepted);

        Assert.Equal(2, mailbox.Received.Count);
        Assert.Single(mailbox.Received.Select(received => received.Message.MessageId).Distinct());
        Assert.Equal(1, mailbox.Sessions);
        var message = mailbox.Received[0].Message;
        Assert.Equal(digest.MessageId, message.MessageId);
        Assert.Equal("Vos promesses de don, novembre 2026", message.Subject);
        Assert.Equal("\"Glocal Forum\" <forum@forum.example>", message.From.ToString());
        Assert.Equal("\"Glocal Forum\" <funding@forum.example>", message.ReplyTo.ToString());
        Assert.Equal("List-Unsubscribe=One-Click", message.Headers["List-Unsubscribe-Post"]);
        var alternative = Assert.IsAssignableFrom<MultipartAlternative>(message.Body);
        Assert.Equal(["text/plain", "text/html"], alternative.Select(part => part.ContentType.MimeType));
        Assert.Equal(digest.Text, message.TextBody!.ReplaceLineEndings("\n"));
        Assert.Equal(digest.Html, message.HtmlBody!.ReplaceLineEndings("\n"));
        var link = message.Headers["List-Unsubscribe"]!;
        Assert.Equal(new LinkSubject("rome", "giulia"), bench.Tokens.Read(link[(link.IndexOf('=', StringComparison.Ordinal) + 1)..^1], LinkPurpose.Unsubscribe));
        Assert.Contains($"\r\nList-Unsubscribe: {link}\r\n", mailbox.Received[0].Raw, StringComparison.Ordinal);
        Assert.All(mailbox.Received[0].Raw.Split("\r\n"), line => Assert.True(line.Length < 999));
    }

    [Fact]
    public async Task Letters_of_any_script_come_back_unchanged()
    {
        var mail = Mail() with { Subject = "مدرسة رياضية 🏟 in Nablus", To = new Mailbox("نور 🌱", "noor@nablus.example") };
        await mailer.SendAsync(mail, stop);
        var message = Assert.Single(mailbox.Received).Message;
        Assert.Equal(mail.Subject, message.Subject);
        Assert.Equal("نور 🌱", message.To.Mailboxes.Single().Name);
    }

    [Theory]
    [InlineData("Subject\r\nBcc: all@example.org", "Giulia", "id@x", "X-A", "b")]
    [InlineData("Subject", "Giulia\nBcc: all@example.org", "id@x", "X-A", "b")]
    [InlineData("Subject", "Giulia", "id@x>\r\nBcc: all@example.org", "X-A", "b")]
    [InlineData("Subject", "Giulia", "id@x", "X-A", "b\r\nBcc: all@example.org")]
    [InlineData("Subject", "Giulia", "id@x", "X-A: b\r\nBcc", "all@example.org")]
    [InlineData("Subject", "Giulia", "id@x", "X A", "all@example.org")]
    public async Task No_header_can_be_smuggled_in(string subject, string name, string id, string header, string value)
    {
        var mail = new Email(new Mailbox(name, "giulia@rome.example"), subject, "text", "<p>html</p>", id)
        {
            Headers = new Dictionary<string, string> { [header] = value },
        };
        await Assert.ThrowsAnyAsync<ArgumentException>(() => mailer.SendAsync(mail, stop));
        Assert.Empty(mailbox.Received);
    }

    [Theory]
    [InlineData("giulia@rome.example>\r\nBcc: <all@example.org")]
    [InlineData("giulia@rome.example, all@example.org")]
    [InlineData("\"Other\" <all@example.org>")]
    [InlineData("giulia")]
    [InlineData("")]
    public async Task What_is_no_single_address_is_refused_for_good(string address)
    {
        var delivery = await mailer.SendAsync(Mail() with { To = new Mailbox("Giulia", address) }, stop);
        Assert.Equal(Delivery.Refused("not an email address"), delivery);
        Assert.Empty(mailbox.Received);
    }

    [Fact]
    public async Task A_recipient_that_the_server_will_never_take_is_an_answer_without_the_address()
    {
        mailbox.Recipient = _ => SmtpServer.Protocol.SmtpResponse.MailboxUnavailable;
        Assert.Equal(Delivery.Refused("550 RecipientNotAccepted"), await mailer.SendAsync(Mail(), stop));
        mailbox.Recipient = null;
        Assert.True((await mailer.SendAsync(Mail(), stop)).Accepted);
    }

    [Fact]
    public async Task A_server_that_says_later_is_an_exception_without_the_address()
    {
        mailbox.Recipient = _ => new SmtpServer.Protocol.SmtpResponse((SmtpServer.Protocol.SmtpReplyCode)451, "try giulia@rome.example later");
        var delayed = await Assert.ThrowsAsync<MailDelayedException>(() => mailer.SendAsync(Mail(), stop));
        Assert.DoesNotContain("giulia", delayed.ToString(), StringComparison.Ordinal);
        mailbox.Recipient = null;
        Assert.True((await mailer.SendAsync(Mail(), stop)).Accepted);
    }

    [Fact]
    public async Task A_connection_that_the_server_closed_is_made_again()
    {
        await mailer.SendAsync(Mail(), stop);
        await mailbox.RestartAsync();
        Assert.True((await mailer.SendAsync(Mail(), stop)).Accepted);
        Assert.Equal(2, mailbox.Received.Count);
    }

    [Fact]
    public async Task No_server_is_a_delay()
    {
        using var nowhere = NewMailer(1);
        await Assert.ThrowsAsync<MailDelayedException>(() => nowhere.SendAsync(Mail(), stop));
    }

    [Fact]
    public async Task Many_at_once_share_a_few_connections_which_are_made_again_when_the_server_closed_all_of_them()
    {
        // Nobody is taken before all connections are there.
        mailbox.Recipient = _ => SpinWait.SpinUntil(() => mailbox.Sessions >= Connections, TimeSpan.FromSeconds(30)) ? null : SmtpServer.Protocol.SmtpResponse.MailboxUnavailable;
        await SendAsync(0, 20);
        Assert.Equal(Connections, mailbox.Sessions);

        mailbox.Recipient = null;
        await mailbox.RestartAsync();
        await SendAsync(20, 20);
        Assert.Equal(40, mailbox.Received.Select(received => received.Message.MessageId).Distinct().Count());

        async Task SendAsync(int from, int count)
        {
            var all = await Task.WhenAll(Enumerable.Range(from, count).Select(i => mailer.SendAsync(Mail() with { MessageId = $"{i}@x" }, stop)));
            Assert.All(all, delivery => Assert.Equal(Delivery.Done, delivery));
        }
    }

    private SmtpMailer NewMailer(int port) => new(
        Options.Create(new MailOptions { Host = "127.0.0.1", Port = port, From = "forum@forum.example", Connections = Connections }), Options.Create(DigestBench.Main), clock);

    private static Email Mail() => new(new Mailbox("Giulia", "giulia@rome.example"), "Subject", "text", "<p>html</p>", "id@x");
}
