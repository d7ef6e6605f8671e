using System.Text;
using FundingFlow.Digests;
using FundingFlow.Functions.Digests;
using FundingFlow.Partners;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace FundingFlow.Tests.Unit.Digests;

public class UnsubscribeTests
{
    private const string OneClick = "List-Unsubscribe=One-Click";
    private readonly DigestBench bench = new(SamplePledges.Forum("it"), new RecordingMailer(), SamplePledges.Now);

    private string Token => bench.Tokens.Make(new LinkSubject("rome", "giulia"), LinkPurpose.Unsubscribe, SamplePledges.Now.AddDays(1));

    [Fact]
    public async Task Opening_the_link_asks_in_the_contacts_language_and_changes_nothing()
    {
        var (status, html) = await CallAsync("GET", Token);
        Assert.Equal(200, status);
        Assert.Contains("<html lang=\"it\">", html, StringComparison.Ordinal);
        Assert.Contains("Annulla l’iscrizione", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Giulia", html, StringComparison.Ordinal);
        Assert.Equal(DigestFrequency.Monthly, bench.Forum.Contacts[0].Digest.Frequency);
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded", OneClick)]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x--\r\n")]
    public async Task One_click_ends_the_digests_and_is_the_contacts_own_choice(string type, string body)
    {
        for (var i = 0; i < 2; i++) Assert.Equal(200, (await CallAsync("POST", Token, type, body)).Status);
        Assert.Equal(DigestFrequency.Never, bench.Forum.Contacts[0].Digest.Frequency);
        Assert.True(bench.Forum.Contacts[0].ChosenByContact);
    }

    [Theory]
    [InlineData("POST", "broken", "application/x-www-form-urlencoded", OneClick)]
    [InlineData("POST", null, "application/x-www-form-urlencoded", "")]
    [InlineData("POST", null, "application/x-www-form-urlencoded", "List-Unsubscribe=No")]
    [InlineData("POST", null, "application/json", "{}")]
    [InlineData("POST", null, "multipart/form-data", "no boundary")]
    [InlineData("GET", "broken", null, "")]
    [InlineData("GET", "", null, "")]
    public async Task Anything_else_is_answered_with_a_friendly_page(string method, string? token, string? type, string body)
    {
        var (status, html) = await CallAsync(method, token ?? Token, type, body);
        Assert.Equal(400, status);
        Assert.Contains("Ce lien ne fonctionne plus", html, StringComparison.Ordinal);
        Assert.Equal(DigestFrequency.Monthly, bench.Forum.Contacts[0].Digest.Frequency);
    }

    [Fact]
    public async Task An_endless_form_is_not_read_to_its_end()
        => Assert.Equal(400, (await CallAsync("POST", Token, "application/x-www-form-urlencoded", $"a={new string('x', 100_000)}&{OneClick}")).Status);

    private async Task<(int Status, string Html)> CallAsync(string method, string token, string? type = null, string body = "")
    {
        var answers = new UnsubscribeAnswers(Options.Create(DigestBench.Main));
        var context = new DefaultHttpContext
        {
            RequestServices = new ServiceCollection().AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance).BuildServiceProvider(),
        };
        context.Response.Body = new MemoryStream();
        context.Request.Method = method;
        context.Request.QueryString = new QueryString($"?token={token}");
        context.Request.Headers.AcceptLanguage = "fr-CA,fr;q=0.9,en;q=0.1";
        context.Request.ContentType = type;
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        var answer = method == "GET"
            ? await new UnsubscribeForm(bench.Unsubscribing, answers).RunAsync(context.Request)
            : await new Unsubscribe(bench.Unsubscribing, answers).RunAsync(context.Request);
        await answer.ExecuteAsync(context);
        return (context.Response.StatusCode, Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray()));
    }
}
