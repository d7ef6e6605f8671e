using System.Text.Json;
using FundingFlow.Functions.Partners;
using FundingFlow.Partners;
using FundingFlow.Tests.Unit.Http;

namespace FundingFlow.Tests.Unit.Partners;

public sealed class PartnersTests : IDisposable
{
    private const string Whole = """
        {"name":"Municipality of Rome","sector":"public","city":"Rome","country":"IT","interests":["culture","sport"],
         "contacts":[{"id":"giulia","name":"Giulia שלום 😀","email":"giulia@rome.example","language":"it","timeZone":"Europe/Rome",
                      "digest":{"frequency":"weekly","areas":["culture"]}}]}
        """;

    private readonly TestApi api = new();
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => api.Dispose();

    [Fact]
    public async Task A_partner_comes_back_as_it_was_put_and_its_city_is_created()
    {
        var put = await api.PutAsync<PutPartner>("rome", Whole);
        Assert.Equal(201, put.Status);
        var got = await api.GetAsync<GetPartner>("rome");
        Assert.Equal((200, put.ETag), (got.Status, got.ETag));
        var expected = JsonDocument.Parse("""
            {"id":"rome","name":"Municipality of Rome","sector":"public","city":"rome","country":"IT","interests":["culture","sport"],
             "contacts":[{"id":"giulia","name":"Giulia שלום 😀","email":"giulia@rome.example","language":"it","timeZone":"Europe/Rome",
                          "digest":{"frequency":"weekly","areas":["culture"]}}]}
            """);
        Assert.True(JsonElement.DeepEquals(expected.RootElement, got.Body), got.Body.GetRawText());
    }

    [Fact]
    public async Task Putting_back_what_was_given_writes_nothing()
    {
        await api.PutAsync<PutPartner>("rome", Whole);
        var got = await api.GetAsync<GetPartner>("rome");
        api.Tables.BeforeCommit = (_, _) => throw new InvalidOperationException("nothing is to be written");
        var again = await api.PutAsync<PutPartner>("rome", got.Body.GetRawText(), ifMatch: got.ETag);
        Assert.Equal((200, got.ETag), (again.Status, again.ETag));
    }

    [Fact]
    public async Task The_shorthand_is_the_contact_main_and_leaves_the_others()
    {
        await api.PutAsync<PutPartner>("rome", Whole);
        Assert.Equal(200, (await api.PutAsync<PutPartner>("rome", """{"name":"Rome","sector":"public","email":"office@rome.example","language":"EN-gb"}""")).Status);
        var main = await ContactAsync("main");
        Assert.Equal(("Rome", "office@rome.example", "en-GB", "Europe/Rome", DigestFrequency.Monthly),
            (main.Name, main.Email, main.Language, main.TimeZone, main.Digest.Frequency));
        Assert.Equal("giulia@rome.example", (await ContactAsync("giulia")).Email);
    }

    [Fact]
    public async Task A_put_that_does_not_state_language_zone_or_digest_leaves_them()
    {
        await api.PutAsync<PutPartner>("rome", Whole);
        var before = await ContactAsync("giulia");
        await api.PutAsync<PutPartner>("rome", """{"name":"Rome","sector":"public"}""");
        await api.PutAsync<PutPartner>("rome", """{"name":"Rome","sector":"public","contacts":[{"id":"giulia","email":"new@rome.example"}]}""");
        Assert.Equal(before with { Email = "new@rome.example" }, await ContactAsync("giulia") with { Digest = before.Digest });
        Assert.Equal(before.Digest.Areas, (await ContactAsync("giulia")).Digest.Areas);
        await api.PutAsync<PutPartner>("rome", """{"name":"Rome","sector":"public","contacts":[{"id":"giulia","email":"new@rome.example","digest":{"frequency":"quarterly"}}]}""");
        var digest = (await ContactAsync("giulia")).Digest;
        Assert.Equal((DigestFrequency.Quarterly, "culture"), (digest.Frequency, digest.Areas.Single()));
    }

    [Fact]
    public async Task What_a_contact_chose_itself_no_put_changes_not_even_by_removing_it_and_adding_it_again()
    {
        await api.PutAsync<PutPartner>("rome", Whole);
        await api.Service<IContactChoices>().ChooseAsync("rome", "giulia", new DigestChoice(DigestFrequency.Never, []), Stop);
        await api.PutAsync<PutPartner>("rome", Whole);
        Assert.Equal(DigestFrequency.Never, (await ContactAsync("giulia")).Digest.Frequency);

        await api.PutAsync<PutPartner>("rome", """{"name":"Rome","sector":"public","contacts":[]}""");
        Assert.Empty(await api.Service<IPartners>().ContactsOfAsync("rome", Stop));
        await foreach (var row in FundingFlow.Storage.TablesExtensions.PrefixAsync(api.Tables, "Contacts", "rome", "", Stop))
            Assert.DoesNotContain("iulia שלום", row.Body, StringComparison.Ordinal);

        await api.PutAsync<PutPartner>("rome", Whole);
        Assert.Equal(DigestFrequency.Never, (await ContactAsync("giulia")).Digest.Frequency);
    }

    [Fact]
    public async Task The_etag_changes_when_only_a_contact_does_and_guards_it()
    {
        var first = await api.PutAsync<PutPartner>("rome", Whole);
        var second = await api.PutAsync<PutPartner>("rome", Whole.Replace("giulia@", "g@", StringComparison.Ordinal), ifMatch: first.ETag);
        Assert.NotEqual(first.ETag, second.ETag);
        Assert.Equal(412, (await api.PutAsync<PutPartner>("rome", Whole, ifMatch: first.ETag)).Status);
        Assert.Equal("g@rome.example", (await ContactAsync("giulia")).Email);
    }

    [Fact]
    public async Task Contacts_that_a_crash_left_unwritten_are_written_by_the_same_put_again()
    {
        api.Tables.BeforeCommit = (table, _) => table == "Contacts" ? throw new IOException("crash") : Task.CompletedTask;
        await Assert.ThrowsAsync<IOException>(() => api.PutAsync<PutPartner>("rome", Whole));
        api.Tables.BeforeCommit = null;
        await api.PutAsync<PutPartner>("rome", Whole);
        Assert.Equal("giulia@rome.example", (await ContactAsync("giulia")).Email);
    }

    [Theory]
    [InlineData("""{"sector":"public"}""", "/name")]
    [InlineData("""{"name":"Rome"}""", "/sector")]
    [InlineData("""{"name":"Rome","sector":"Public"}""", "/sector")]
    [InlineData("""{"name":"","sector":"public"}""", "/name")]
    [InlineData("""{"name":"Rome","sector":"public","city":"Atlantis"}""", "/city")]
    [InlineData("""{"name":"Rome","sector":"public","country":"Italia Felix"}""", "/country")]
    [InlineData("""{"name":"Rome","sector":"public","interests":["music"]}""", "/interests/0")]
    [InlineData("""{"name":"Rome","sector":"public","interests":["sport","sport"]}""", "/interests/1")]
    [InlineData("""{"name":"Rome","sector":"public","language":"it"}""", "/email")]
    [InlineData("""{"name":"Rome","sector":"public","email":"x@y.example","language":"klingon"}""", "/language")]
    [InlineData("""{"name":"Rome","sector":"public","email":"x@y.example","digest":{"frequency":"hourly"}}""", "/digest/frequency")]
    [InlineData("""{"name":"Rome","sector":"public","email":"x@y.example","digest":{"often":true}}""", "/digest/often")]
    [InlineData("""{"name":"Rome","sector":"public","email":"x@y.example","contacts":[]}""", "/email")]
    [InlineData("""{"name":"Rome","sector":"public","contacts":[{"id":"a"}]}""", "/contacts/0/email")]
    [InlineData("""{"name":"Rome","sector":"public","contacts":[{"email":"a@b.example"},{"id":"b","email":"a@b.example"}]}""", "/contacts/0/id")]
    [InlineData("""{"name":"Rome","sector":"public","contacts":[{"id":"a","email":"a@b.example"},{"id":"a","email":"c@b.example"}]}""", "/contacts/1/id")]
    [InlineData("""{"name":"Rome","sector":"public","contacts":[{"email":"a@b.example","timeZone":"Mars/Olympus"}]}""", "/contacts/0/timeZone")]
    [InlineData("""{"name":"Rome","sector":"public","contacts":[7]}""", "/contacts/0")]
    [InlineData("""{"name":"Rome","sector":"public","budget":1}""", "/budget")]
    [InlineData("""{"name":"Rome","name":"Roma","sector":"public"}""", "/name")]
    public async Task Bad_input_is_refused_at_the_member(string body, string pointer)
    {
        var answer = await api.PutAsync<PutPartner>("rome", body);
        Assert.Equal(400, answer.Status);
        Assert.Contains(pointer, answer.Pointers);
        Assert.Equal(404, (await api.GetAsync<GetPartner>("rome")).Status);
    }

    [Theory]
    [InlineData("giulia@rome.example", true)]
    [InlineData("giulia+forum@mail.comune.rome.example", true)]
    [InlineData("g@münchen.example", true)]
    [InlineData("giulia", false)]
    [InlineData("giulia@", false)]
    [InlineData("giulia@localhost", false)]
    [InlineData("Giulia <giulia@rome.example>", false)]
    [InlineData("giulia@rome.example,x@y.example", false)]
    [InlineData("giulia@rome.example\r\nBcc: x@y.example", false)]
    [InlineData("giulia @rome.example", false)]
    [InlineData("\"giulia\"@rome.example", false)]
    [InlineData("giulia@[127.0.0.1]", false)]
    [InlineData("giùlia@rome.example", false)]
    [InlineData("giulia@-rome-.example", false)]
    public void An_address_is_plain_and_cannot_smuggle_a_header(string text, bool valid) => Assert.Equal(valid, EmailAddress.IsValid(text));

    [Fact]
    public async Task Readers_see_no_persons_cities_no_partners_and_fundraisers_their_own()
    {
        await api.PutAsync<PutPartner>("rome", Whole);
        await api.PutAsync<PutPartner>("other", """{"name":"Other","sector":"private"}""");
        var reader = await api.KeyAsync("reader");
        var fundraiser = await api.KeyAsync("fundraiser", "\"partners\":[\"rome\"]");
        var city = await api.KeyAsync("city", "\"cities\":[\"rome\"]");
        Assert.False((await api.GetAsync<GetPartner>("rome", key: reader)).Body.TryGetProperty("contacts", out _));
        Assert.True((await api.GetAsync<GetPartner>("rome", key: fundraiser)).Body.TryGetProperty("contacts", out _));
        Assert.Equal(403, (await api.GetAsync<GetPartner>("other", key: fundraiser)).Status);
        Assert.Equal(403, (await api.GetAsync<GetPartner>("rome", key: city)).Status);
        Assert.Equal(2, (await api.GetAsync<ListPartners>(key: reader)).Body.GetProperty("items").GetArrayLength());
        Assert.Equal("rome", (await api.GetAsync<ListPartners>(key: fundraiser)).Body.GetProperty("items").EnumerateArray().Single().GetProperty("id").GetString());
        Assert.Equal(403, (await api.PutAsync<PutPartner>("rome", Whole, reader)).Status);
    }

    [Fact]
    public async Task Twenty_puts_at_once_leave_one_of_them_whole()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => api.PutAsync<PutPartner>("rome",
            $$"""{"name":"Rome {{i}}","sector":"public","email":"a{{i}}@rome.example"}"""), Stop)));
        Assert.All(answers, answer => Assert.Contains(answer.Status, new[] { 200, 201, 409 }));
        Assert.Single(answers, answer => answer.Status == 201);
        Assert.NotNull((await ContactAsync("main")).Email);
    }

    private async Task<Contact> ContactAsync(string id)
        => (await api.Service<IPartners>().ContactsOfAsync("rome", Stop)).Single(contact => contact.Id == id);
}
