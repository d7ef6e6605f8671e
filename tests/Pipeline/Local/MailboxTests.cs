using System.Net;
using FundingFlow.Local.Mailbox;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MimeKit;

namespace FundingFlow.Tests.Pipeline.Local;

public sealed class MailboxTests : IAsyncLifetime
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;
    private readonly TemporaryFolder folder = new();
    private readonly HttpClient http = new();
    private readonly ManualClock clock = new(DateTimeOffset.Parse("2026-03-01T10:00:00Z", null));
    private MailboxServer? mailbox;
    private WebApplication? app;

    public async ValueTask InitializeAsync()
    {
        mailbox = MailboxServer.Start(folder.Path, clock);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        app = builder.Build();
        app.MapMailbox(mailbox.Store);
        await app.StartAsync(Stop);
        http.BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await app!.DisposeAsync();
        await mailbox!.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task An_empty_mailbox_says_so() => Assert.Contains("No mail yet", await GetAsync("mailbox"), StringComparison.Ordinal);

    [Fact]
    public async Task A_mail_that_was_sent_can_be_read_and_taken_away()
    {
        await SendAsync(Mail("Your pledge in Kigali", "Dear partner,\r\n.\r\n..dots stay", "<p>Dear <b>partner</b></p>"));
        var id = Assert.Single(mailbox!.Store.Ids());

        Assert.Contains("Your pledge in Kigali", await GetAsync("mailbox"), StringComparison.Ordinal);
        var page = await GetAsync("mailbox/" + id);
        Assert.Contains("sandbox=", page, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;partner&lt;/b&gt;", page, StringComparison.Ordinal);
        Assert.Contains("List-Unsubscribe: &lt;https://forum.example/u&gt;", page, StringComparison.Ordinal);
        using var raw = await http.GetStreamAsync(new Uri($"mailbox/{id}/raw", UriKind.Relative), Stop);
        var mail = await MimeMessage.LoadAsync(raw, Stop);
        Assert.Equal("Dear partner,\n.\n..dots stay", mail.TextBody!.ReplaceLineEndings("\n").TrimEnd());
    }

    [Fact]
    public async Task The_newest_is_first()
    {
        await SendAsync(Mail("Earlier", "x", null));
        clock.Add(TimeSpan.FromSeconds(1));
        await SendAsync(Mail("Later", "x", null));

        var page = await GetAsync("mailbox");

        Assert.True(page.IndexOf("Later", StringComparison.Ordinal) < page.IndexOf("Earlier", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_in_a_mail_becomes_markup_of_the_page()
    {
        const string attack = "</title></pre>\"'><script>alert(1)</script>";
        var mail = Mail(attack, attack, attack);
        mail.From.Clear();
        mail.From.Add(new MailboxAddress(attack, "from@forum.example"));
        mail.Headers.Add("X-Attack", attack);
        await SendAsync(mail);

        foreach (var page in (string[])[await GetAsync("mailbox"), await GetAsync("mailbox/" + mailbox!.Store.Ids()[0])])
        {
            Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("20260301T1000000000000-00000000")]
    [InlineData("..%2F..%2Fkeys.json")]
    [InlineData("x")]
    public async Task A_mail_that_is_not_there_is_not_found(string id)
    {
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(new Uri("mailbox/" + id, UriKind.Relative), Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(new Uri($"mailbox/{id}/raw", UriKind.Relative), Stop)).StatusCode);
    }

    [Fact]
    public async Task Mails_and_port_survive_a_restart()
    {
        await SendAsync(Mail("Kept", "x", null));
        var port = mailbox!.Port;
        await mailbox.DisposeAsync();

        mailbox = MailboxServer.Start(folder.Path, clock, port);

        Assert.Equal(port, mailbox.Port);
        Assert.Single(mailbox.Store.Ids());
        await SendAsync(Mail("Another", "x", null));
        Assert.Equal(2, mailbox.Store.Ids().Count);
    }

    [Fact]
    public async Task A_port_that_is_taken_gives_way_to_another()
    {
        using var other = new TemporaryFolder();
        await using var second = MailboxServer.Start(other.Path, clock, mailbox!.Port);

        Assert.NotEqual(mailbox.Port, second.Port);
    }

    private static MimeMessage Mail(string subject, string text, string? html) => new(
        [new MailboxAddress("Forum", "forum@forum.example")],
        [new MailboxAddress("Municipality of Rome", "rome@partner.example")],
        subject,
        new BodyBuilder { TextBody = text, HtmlBody = html }.ToMessageBody())
    {
        Headers = { ["List-Unsubscribe"] = "<https://forum.example/u>" },
    };

    private async Task SendAsync(MimeMessage mail)
    {
        using var smtp = new SmtpClient();
        await smtp.ConnectAsync(MailboxServer.Host, mailbox!.Port, SecureSocketOptions.None, Stop);
        await smtp.SendAsync(mail, Stop);
        await smtp.DisconnectAsync(true, Stop);
    }

    private Task<string> GetAsync(string path) => http.GetStringAsync(new Uri(path, UriKind.Relative), Stop);
}
