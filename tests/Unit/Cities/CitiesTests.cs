using FundingFlow.Cities;
using FundingFlow.Functions.Cities;
using FundingFlow.Storage;
using FundingFlow.Tests.Unit.Http;

namespace FundingFlow.Tests.Unit.Cities;

public sealed class CitiesTests : IDisposable
{
    private const string Rome = """{"name":"Rome","aliases":["Roma","Rom"],"country":"Italy","timeZone":"Europe/Rome","latitude":41.9,"longitude":"12.4833"}""";
    private readonly TestApi api = new();
    private static CancellationToken Stop => TestContext.Current.CancellationToken;
    private ICities Cities => api.Service<ICities>();

    public void Dispose() => api.Dispose();

    [Fact]
    public async Task A_city_comes_back_as_it_was_put_with_its_country_as_alpha_2()
    {
        var put = await api.PutAsync<PutCity>("rome", Rome);
        Assert.Equal(201, put.Status);
        var got = await api.GetAsync<GetCity>("rome");
        Assert.Equal(put.ETag, got.ETag);
        Assert.Equal(
            """{"id":"rome","name":"Rome","aliases":["Roma","Rom"],"country":"IT","timeZone":"Europe/Rome","latitude":41.9,"longitude":12.4833,"twins":[],"situation":"peace"}""",
            got.Body.GetRawText());
        Assert.Equal(404, (await api.GetAsync<GetCity>("atlantis")).Status);
    }

    [Fact]
    public async Task Putting_back_what_was_given_writes_nothing()
    {
        await api.PutAsync<PutCity>("rome", Rome);
        var got = await api.GetAsync<GetCity>("rome");
        api.Tables.BeforeCommit = (_, _) => throw new InvalidOperationException("nothing is to be written");
        var again = await api.PutAsync<PutCity>("rome", got.Body.GetRawText(), ifMatch: got.ETag);
        Assert.Equal((200, got.ETag), (again.Status, again.ETag));
    }

    [Fact]
    public async Task If_match_of_an_older_version_answers_412_and_if_none_match_forbids_a_change()
    {
        var first = await api.PutAsync<PutCity>("rome", Rome);
        Assert.Equal(200, (await api.PutAsync<PutCity>("rome", Rome.Replace("Rom\"", "Urbs\"", StringComparison.Ordinal), ifMatch: first.ETag)).Status);
        Assert.Equal(412, (await api.PutAsync<PutCity>("rome", Rome, ifMatch: first.ETag)).Status);
        Assert.Equal(412, (await api.PutAsync<PutCity>("rome", Rome, ifNoneMatch: "*")).Status);
        Assert.Equal(412, (await api.PutAsync<PutCity>("kigali", """{"name":"Kigali","country":"RW"}""", ifMatch: "*")).Status);
        Assert.Equal(201, (await api.PutAsync<PutCity>("kigali", """{"name":"Kigali","country":"RW"}""", ifNoneMatch: "*")).Status);
    }

    [Fact]
    public async Task Twins_hold_both_ways_whichever_side_states_them()
    {
        await api.PutAsync<PutCity>("rome", Rome);
        await api.PutAsync<PutCity>("kigali", """{"name":"Kigali","country":"RWA","twins":["Roma"]}""");
        Assert.Equal(["kigali"], await Cities.TwinsOfAsync("rome", Stop));
        Assert.Equal(["rome"], await Cities.TwinsOfAsync("kigali", Stop));
        Assert.Equal("kigali", (await api.GetAsync<GetCity>("rome")).Body.GetProperty("twins")[0].GetString());
    }

    [Theory]
    [InlineData("rome", null, "rome")]
    [InlineData("ROMA", null, "rome")]
    [InlineData("  são   PAULO ", null, "sao-paulo")]
    [InlineData("Sao Paulo", "BR", "sao-paulo")]
    [InlineData("Łódź", null, "lodz")]
    [InlineData("lodz", null, "lodz")]
    [InlineData("Paris", null, null)]
    [InlineData("Paris", "US", "paris-us")]
    [InlineData("Paris", "FR", "paris")]
    [InlineData("Rome", "US", null)]
    [InlineData("Atlantis", null, null)]
    public async Task A_city_is_found_by_id_name_or_alias_whatever_the_case_and_accents(string typed, string? country, string? id)
    {
        await api.PutAsync<PutCity>("rome", Rome);
        await Cities.ResolveOrCreateAsync("São Paulo", "BR", Stop);
        await Cities.ResolveOrCreateAsync("Łódź", "PL", Stop);
        await Cities.ResolveOrCreateAsync("Paris", "FR", Stop);
        await Cities.ResolveOrCreateAsync("Paris", "US", Stop);
        Assert.Equal(id, (await Cities.ResolveAsync(typed, country, Stop))?.Id);
    }

    [Fact]
    public async Task An_unknown_city_is_created_once_also_by_instances_that_do_not_know_of_each_other()
    {
        using var other = new CityDirectory(api.Tables, api.Clock);
        await Cities.ResolveAsync("x", null, Stop);
        await other.ResolveAsync("x", null, Stop);
        var (first, second) = (await Cities.ResolveOrCreateAsync("東京", "JP", Stop), await other.ResolveOrCreateAsync("東京", "JP", Stop));
        Assert.Equal(first.Id, second.Id);
        Assert.Equal("東京", second.Name);
        Assert.Equal("rome", (await Cities.ResolveOrCreateAsync("Rome", "IT", Stop)).Id);
        Assert.Equal("rome-us", (await other.ResolveOrCreateAsync("Rome", "US", Stop)).Id);
        Assert.Equal("rome", (await other.ResolveOrCreateAsync("Rome", "IT", Stop)).Id);
    }

    [Theory]
    [InlineData("""{"country":"IT"}""", "/name")]
    [InlineData("""{"name":"Rome"}""", "/country")]
    [InlineData("""{"name":"Rome","country":"Italia Felix"}""", "/country")]
    [InlineData("""{"name":"Ro\u0000me","country":"IT"}""", "/name")]
    [InlineData("""{"name":"Rome\r\nBcc: x@y.z","country":"IT"}""", "/name")]
    [InlineData("""{"name":7,"country":"IT"}""", "/name")]
    [InlineData("""{"name":"Rome","country":"IT","latitude":91,"longitude":0}""", "/latitude")]
    [InlineData("""{"name":"Rome","country":"IT","latitude":0,"longitude":-180.000001}""", "/longitude")]
    [InlineData("""{"name":"Rome","country":"IT","latitude":1.1234567,"longitude":0}""", "/latitude")]
    [InlineData("""{"name":"Rome","country":"IT","latitude":"NaN","longitude":0}""", "/latitude")]
    [InlineData("""{"name":"Rome","country":"IT","latitude":1e1,"longitude":0}""", "/latitude")]
    [InlineData("""{"name":"Rome","country":"IT","latitude":41.9}""", "/longitude")]
    [InlineData("""{"name":"Rome","country":"IT","timeZone":"Pacific Standard Time"}""", "/timeZone")]
    [InlineData("""{"name":"Rome","country":"IT","timeZone":"../etc/passwd"}""", "/timeZone")]
    [InlineData("""{"name":"Rome","country":"IT","situation":"war"}""", "/situation")]
    [InlineData("""{"name":"Rome","country":"IT","twins":["atlantis"]}""", "/twins/0")]
    [InlineData("""{"name":"Rome","country":"IT","twins":"kigali"}""", "/twins")]
    [InlineData("""{"name":"Rome","country":"IT","aliases":[""]}""", "/aliases/0")]
    [InlineData("""{"name":"Rome","country":"IT","id":"roma"}""", "/id")]
    [InlineData("""{"name":"Rome","country":"IT","mayor":"?"}""", "/mayor")]
    [InlineData("""["name"]""", "")]
    [InlineData("""{"name":"Rome",""", "")]
    public async Task Bad_input_is_refused_at_the_member(string body, string pointer)
    {
        var answer = await api.PutAsync<PutCity>("rome", body);
        Assert.Equal(400, answer.Status);
        Assert.Contains(pointer, answer.Pointers);
    }

    [Theory]
    [InlineData("Rome")]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task An_id_that_is_no_slug_cannot_be_put_and_is_not_found(string id)
    {
        var answer = await api.PutAsync<PutCity>(id, Rome);
        Assert.Equal((400, "/id"), (answer.Status, answer.Pointers.Single()));
        Assert.Equal(404, (await api.GetAsync<GetCity>(id)).Status);
    }

    [Fact]
    public async Task A_citys_key_writes_its_own_city_and_no_other()
    {
        await api.PutAsync<PutCity>("rome", Rome);
        await api.PutAsync<PutCity>("kigali", """{"name":"Kigali","country":"RW"}""");
        var key = await api.KeyAsync("city", "\"cities\":[\"Roma\"]");
        Assert.Equal(200, (await api.PutAsync<PutCity>("rome", Rome, key)).Status);
        Assert.Equal(403, (await api.PutAsync<PutCity>("kigali", """{"name":"Kigali","country":"RW"}""", key)).Status);
        Assert.Equal(403, (await api.PutAsync<PutCity>("rome", Rome, await api.KeyAsync("reader"))).Status);
    }

    [Fact]
    public async Task The_list_comes_in_pages_that_hold_every_city_once()
    {
        for (var i = 0; i < CityRegister.PageSize + 5; i++) await Cities.ResolveOrCreateAsync($"City {i}", "IT", Stop);
        var first = await api.GetAsync<ListCities>();
        var second = await api.GetAsync<ListCities>(query: "?continuation=" + first.Text("continuation"));
        var ids = first.Body.GetProperty("items").EnumerateArray().Concat(second.Body.GetProperty("items").EnumerateArray())
            .Select(city => city.GetProperty("id").GetString()).ToList();
        Assert.Equal((CityRegister.PageSize, CityRegister.PageSize + 5), (first.Body.GetProperty("items").GetArrayLength(), ids.Distinct().Count()));
        Assert.False(second.Body.TryGetProperty("continuation", out _));
        Assert.Equal(400, (await api.GetAsync<ListCities>(query: "?continuation=%2F%5C")).Status);
    }

    [Fact]
    public async Task A_commit_whose_answer_was_lost_is_recognised_as_our_own()
    {
        api.Tables.AfterCommit = (table, _) =>
        {
            api.Tables.AfterCommit = null;
            throw new StoreConflictException(ConflictKind.AlreadyExists, 0);
        };
        Assert.Equal(201, (await api.PutAsync<PutCity>("rome", Rome, ifNoneMatch: "*")).Status);
    }
}
