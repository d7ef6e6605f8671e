using System.Net;
using System.Text.Json;
using FundingFlow.Local.Hosting;
using FundingFlow.Local.Mailbox;
using MimeKit;

namespace FundingFlow.Tests.Pipeline;

/// <summary>From a partner's promise to an email about it, on a storage and a mailbox of its own.</summary>
public sealed class WholeWayTests : IAsyncLifetime
{
    private const string Partner = "municipality-of-rome";
    private const string Project = "kigali-farms";
    private readonly TemporaryFolder folder = new();
    private LocalHost host = null!;
    private ApiClient api = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        host = await LocalHost.StartAsync(new LocalHostOptions { Port = 0, DataFolder = folder.Path, Samples = false }, TimeProvider.System, stop: Stop);
        api = new ApiClient(host.Url, host.StaffKey);
    }

    public async ValueTask DisposeAsync()
    {
        api?.Dispose();
        if (host is not null)
            await host.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_pledge_becomes_funding_the_gap_falls_its_alert_closes_and_an_email_tells_of_it()
    {
        await PutPartnerAndProjectAsync();
        var alert = await AlertAsync("open");
        Assert.Equal("critical", alert.Text("severity"));
        Assert.Contains("Peri-urban farms around Kigali", (await MailToAsync("staff@fundingflow.example")).TextBody, StringComparison.Ordinal);
        Assert.Equal("10000.00", (await GapAsync()).Text("gap"));

        string[] pledges = [await MoneyAsync(), await GoodsAsync(), await HoursAsync()];
        foreach (var pledge in pledges)
            await ConfirmReceiveAndAcknowledgeAsync(pledge);

        var gap = await GapAsync();
        Assert.Equal(("9500.00", "500.00", "0.9500"), (gap.Text("received"), gap.Text("gap"), gap.Text("coverage")));
        var closed = await AlertAsync("closed");
        Assert.Equal(alert.Text("id"), closed.Text("id"));

        var asked = (await api.PostAsync("/api/digests", $$"""{"partnerId":"{{Partner}}"}""")).Expect(HttpStatusCode.Accepted).Json();
        Assert.Equal(1, asked.GetProperty("queued").GetInt32());
        var mail = await MailToAsync("giulia@rome.example.org");
        Assert.Contains("received: EUR\u00a09,500", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("Peri-urban farms around Kigali", mail.HtmlBody, StringComparison.Ordinal);

        await UnsubscribeAsync(mail);
    }

    private async Task PutPartnerAndProjectAsync()
    {
        await api.PutAsync($"/api/partners/{Partner}", """
            {"name":"Municipality of Rome","sector":"public","city":"Rome","country":"IT","interests":["socio-economic"],
             "contacts":[{"id":"relations","name":"Giulia","email":"giulia@rome.example.org","language":"en","digest":{"frequency":"monthly"}}]}
            """);
        await api.PutAsync($"/api/projects/{Project}", """
            {"title":"Peri-urban farms around Kigali","city":"Kigali","country":"RW","area":"socio-economic","currency":"EUR",
             "startsOn":"2026-01-01","endsOn":"2190-12-31",
             "needs":[{"id":"terraces","kind":"money","amount":"10000.00","minimumViable":"4000.00"},
                      {"id":"computers","kind":"inKind","item":"laptop","quantity":"20"},
                      {"id":"agronomists","kind":"time","skill":"agronomy","hours":"120"}],
             "budget":[{"from":"2026-01-01","to":"2191-01-01","amount":"10000.00"}]}
            """);
    }

    private Task<string> MoneyAsync() => PlacedAsync("money", """{"kind":"money","amount":"9500.00","currency":"EUR"}""", "terraces", "9500.00", "amount");

    private Task<string> GoodsAsync() => PlacedAsync("goods", """{"kind":"inKind","item":"notebook","quantity":"12","unit":"piece"}""", "computers", "12", "quantity");

    private Task<string> HoursAsync() => PlacedAsync("hours", """{"kind":"time","skill":"agronomy","hours":"80","people":3}""", "agronomists", "80.00", "hours");

    private async Task<string> PlacedAsync(string key, string resource, string need, string whole, string member)
    {
        var id = await api.PledgeAsync($$"""{"partnerId":"{{Partner}}","resource":{{resource}},"areas":["socio-economic"]}""", key);
        var part = Assert.Single((await api.PledgeOnceAsync(id, "placed")).Items("allocations"));
        Assert.Equal((Project, need, whole, "proposed"), (part.Text("projectId"), part.Text("needId"), part.Text(member), part.Text("status")));
        Assert.NotEmpty(part.Items("reasons"));
        Assert.All(part.Items("reasons"), reason => Assert.NotEmpty(reason.Text("text")));
        return id;
    }

    private async Task ConfirmReceiveAndAcknowledgeAsync(string id)
    {
        var confirmed = (await api.PostAsync($"/api/pledges/{id}/confirm", null, "confirm")).Expect(HttpStatusCode.OK).Json();
        Assert.Equal("committed", confirmed.Text("status"));
        var part = Assert.Single(confirmed.Items("allocations"));
        var member = new[] { "amount", "quantity", "hours" }.Single(name => part.TryGetProperty(name, out _));
        var received = (await api.PostAsync($"/api/pledges/{id}/receipts", $$"""{"{{member}}":"{{part.Text(member)}}"}""", "receipt")).Expect(HttpStatusCode.OK).Json();
        Assert.Equal("fulfilled", received.Text("status"));
        using var city = new ApiClient(host.Url, await CityKeyAsync());
        var thanked = (await city.PostAsync($"/api/allocations/{part.Text("id")}/acknowledge")).Expect(HttpStatusCode.OK).Json();
        Assert.NotEmpty(thanked.Text("acknowledgedAt"));
    }

    private async Task<string> CityKeyAsync()
        => (await api.PostAsync("/api/keys", $$"""{"role":"city","projects":["{{Project}}"]}""")).Expect(HttpStatusCode.Created).Json().Text("key");

    private async Task<JsonElement> GapAsync() => (await api.GetAsync("/api/gaps?by=project")).Items("rows").Single(row => row.Text("kind") == "money");

    private async Task<JsonElement> AlertAsync(string state)
    {
        IReadOnlyList<JsonElement> found = [];
        await Eventually.TrueAsync(
            async () => (found = await api.AllAsync($"/api/alerts?kind=funding-gap&state={state}")).Count > 0, $"the funding gap's alert to be {state}");
        return Assert.Single(found);
    }

    private Task<MimeMessage> MailToAsync(string address)
    {
        var mailbox = new MailStore(host.Data.Mailbox, TimeProvider.System);
        return Eventually.GetAsync(async () =>
        {
            foreach (var id in mailbox.Ids())
                if (await mailbox.FindAsync(id, Stop) is { } mail && mail.To.Mailboxes.Any(to => to.Address == address))
                    return mail;
            return null;
        }, $"a mail to {address}");
    }

    /// <summary>As a mail program does it: the header's address, one POST, no key.</summary>
    private async Task UnsubscribeAsync(MimeMessage mail)
    {
        Assert.Equal("List-Unsubscribe=One-Click", mail.Headers["List-Unsubscribe-Post"]);
        var link = new Uri(mail.Headers["List-Unsubscribe"]!.Trim('<', '>'));
        using var anybody = new HttpClient();
        Assert.Equal(HttpStatusCode.OK, (await anybody.GetAsync(link, Stop)).StatusCode);
        Assert.Equal("monthly", await FrequencyAsync());
        using var oneClick = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
        Assert.Equal(HttpStatusCode.OK, (await anybody.PostAsync(link, oneClick, Stop)).StatusCode);
        Assert.Equal("never", await FrequencyAsync());
    }

    private async Task<string> FrequencyAsync() => (await api.GetAsync($"/api/partners/{Partner}")).Text("contacts/0/digest/frequency");
}
