using System.Text.Json;
using FundingFlow.Cities;
using FundingFlow.Functions.Partners;
using FundingFlow.Functions.Projects;
using FundingFlow.Ledger;
using FundingFlow.Projects;
using FundingFlow.Storage;
using FundingFlow.Tests.Unit.Http;

namespace FundingFlow.Tests.Unit.Projects;

public sealed class ProjectsTests : IDisposable
{
    private const string Farm = """
        {"title":"Peri-urban farm","city":"Kigali","country":"RW","area":"socio-economic","currency":"EUR",
         "startsOn":"2026-01-01","endsOn":"2027-12-31","requestedBy":"City of Kigali","implementers":["Farmers' cooperative"],
         "needs":[{"id":"money","kind":"money","amount":"1000.00","minimumViable":"400.00"},
                  {"id":"laptops","kind":"inKind","item":"Notebooks","quantity":12,"area":"ict"},
                  {"kind":"time","skill":"agronomist","hours":"80.5"}],
         "budget":[{"from":"2026-01-01","to":"2026-07-01","amount":"600.00","spent":"20.00"},{"from":"2026-07-01","to":"2027-01-01","amount":"0"}]}
        """;

    private readonly TestApi api = new();
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => api.Dispose();

    [Fact]
    public async Task A_project_comes_back_with_its_needs_named_and_its_figures()
    {
        var put = await api.PutAsync<PutProject>("farm", Farm);
        Assert.Equal(201, put.Status);
        var got = await api.GetAsync<GetProject>("farm");
        Assert.Equal((200, put.ETag), (got.Status, got.ETag));
        Assert.True(JsonElement.DeepEquals(put.Body, got.Body));
        var needs = got.Body.GetProperty("needs").EnumerateArray().ToList();
        Assert.Equal(["money", "laptops", "need-3"], needs.Select(need => need.GetProperty("id").GetString()));
        Assert.Equal("laptop", needs[1].GetProperty("item").GetString());
        Assert.Equal("agronomy", needs[2].GetProperty("skill").GetString());
        Assert.Equal("80.50", needs[2].GetProperty("hours").GetString());
        Assert.Equal("kigali", got.Text("city"));
        var funding = got.Body.GetProperty("funding");
        Assert.Equal(("1000.00", "0.0000", "1000.00"),
            (funding.GetProperty("requirement").GetString(), funding.GetProperty("coverage").GetString(), funding.GetProperty("gap").GetString()));
        Assert.Equal(3, funding.GetProperty("byUnit").GetArrayLength());
        Assert.Equal("0.50", got.Body.GetProperty("criteria").GetProperty("concreteness").GetProperty("score").GetString());
        Assert.True(got.Body.TryGetProperty("securedUntil", out _));
        Assert.Equal(0, got.Body.GetProperty("allocations").GetArrayLength());
        Assert.Equal(404, (await api.GetAsync<GetProject>("nowhere")).Status);
    }

    [Fact]
    public async Task The_books_are_told_and_a_message_waits_that_heals_a_crash_in_between()
    {
        await api.PutAsync<PutProject>("farm", Farm);
        var message = Assert.Single(api.Queues.List(QueueNames.LinesToReopen), message => message.Body.Contains("farm", StringComparison.Ordinal));
        Assert.Equal(new ReopenLines(1, "farm", null), Wire.Read<ReopenLines>(message.Body));
        Assert.DoesNotContain(message, await api.Queues.PeekAsync(QueueNames.LinesToReopen, Stop));
        Assert.Equal(2, (await api.Service<ILedgerReader>().PositionsAsync("socio-economic", Stop)).Count);
        Assert.Equal(12, (await api.Service<ILedgerReader>().PositionsAsync("ict", Stop)).Single().Required);
    }

    [Theory]
    [InlineData(""","title":"Another title" """, 0)]
    [InlineData(""","title":"T","budget":[{"from":"2026-11-01","to":"2027-02-01","amount":"900.00","spent":"300.00"}]""", 1)]
    [InlineData(""","title":"T","status":"closed" """, 1)]
    [InlineData(""","title":"T","endsOn":"2027-01-31" """, 1)]
    public async Task What_alerts_follow_from_and_the_books_do_not_hold_is_told_when_it_changes(string change, int told)
    {
        const string project = """{"city":"Kigali","country":"RW","area":"sport","currency":"EUR","needs":[{"id":"ball","kind":"money","amount":"900.00"}]""";
        await api.PutAsync<PutProject>("club", project + ""","title":"T"}""");
        Assert.Equal(200, (await api.PutAsync<PutProject>("club", project + change + "}")).Status);
        var messages = api.Queues.List(QueueNames.FundingChanged).Select(message => Wire.Read<FundingChanged>(message.Body)).ToList();
        Assert.Equal(told, messages.Count);
        Assert.All(messages, message => Assert.Equal(("sport", "club"), (message.Area, message.Needs.Single().ProjectId)));
    }

    [Fact]
    public async Task Putting_the_same_again_writes_nothing()
    {
        var first = await api.PutAsync<PutProject>("farm", Farm);
        api.Tables.BeforeCommit = (_, _) => throw new InvalidOperationException("nothing is to be written");
        var again = await api.PutAsync<PutProject>("farm", Farm);
        Assert.Equal((200, first.ETag), (again.Status, again.ETag));
    }

    [Fact]
    public async Task If_match_of_an_older_version_answers_412()
    {
        var first = await api.PutAsync<PutProject>("farm", Farm);
        Assert.Equal(200, (await api.PutAsync<PutProject>("farm", Farm.Replace("1000.00", "900.00", StringComparison.Ordinal), ifMatch: first.ETag)).Status);
        Assert.Equal(412, (await api.PutAsync<PutProject>("farm", Farm, ifMatch: first.ETag)).Status);
    }

    [Fact]
    public async Task A_need_on_which_something_is_placed_between_the_check_and_the_statement_keeps_its_area()
    {
        await api.PutAsync<PutProject>("farm", Farm);
        var placed = false;
        api.Tables.BeforeCommit = async (table, changes) =>
        {
            if (placed || table != TableNames.Ledger || !changes.Any(change => change.Row.Body.Contains("\"gone\":true", StringComparison.Ordinal))) return;
            placed = true;
            // Another worker places two laptops.
            var row = (await api.Tables.FindAsync(TableNames.Ledger, "ict", LedgerKeys.Position("farm", "laptops"), Stop))!;
            await api.Tables.CommitAsync(TableNames.Ledger, [RowChange.Replace(row with { Body = Wire.Write(Wire.Read<Position>(row) with { Proposed = 2 }) })], Stop);
        };
        var answer = await api.PutAsync<PutProject>("farm", Farm.Replace("\"area\":\"ict\"", "\"area\":\"sport\"", StringComparison.Ordinal));
        Assert.Equal((true, 409, "/needs/1/area"), (placed, answer.Status, answer.Pointers.Single()));
        var kept = (await api.Service<ILedgerReader>().PositionsAsync("ict", Stop)).Single();
        Assert.Equal((12, 2, false), (kept.Required, kept.Proposed, kept.Gone));
        Assert.Empty(await api.Service<ILedgerReader>().PositionsAsync("sport", Stop));
    }

    [Fact]
    public async Task A_need_that_is_gone_stays_on_the_books_with_no_requirement_also_in_an_area_that_is_left()
    {
        await api.PutAsync<PutProject>("farm", Farm);
        await api.PutAsync<PutProject>("farm", Farm.Replace("\"ict\"", "\"youth\"", StringComparison.Ordinal));
        Assert.Equal(0, (await api.Service<ILedgerReader>().PositionsAsync("ict", Stop)).Single().Required);
        var project = (await api.Service<IProjects>().FindAsync("farm", Stop))!;
        Assert.Equal(["ict"], project.FormerAreas);
        Assert.Contains("ict", project.NeedAreas);
        await api.PutAsync<PutProject>("farm", Farm);
        Assert.Equal(["youth"], (await api.Service<IProjects>().FindAsync("farm", Stop))!.FormerAreas);
    }

    [Theory]
    [InlineData("\"area\":\"ict\"", "\"area\":\"youth\"", "/needs/1/area")]
    [InlineData("Notebooks", "tablets", "/needs/1/kind")]
    public async Task A_need_on_which_something_is_placed_keeps_its_area_and_its_unit(string from, string to, string pointer)
    {
        await api.PutAsync<PutProject>("farm", Farm);
        var row = (await api.Tables.FindAsync(TableNames.Ledger, "ict", LedgerKeys.Position("farm", "laptops"), Stop))!;
        var placed = Wire.Read<Position>(row) with { Committed = 1 };
        await api.Tables.PutAsync(TableNames.Ledger, RowChange.Replace(row with { Body = Wire.Write(placed) }), Stop);

        var answer = await api.PutAsync<PutProject>("farm", Farm.Replace(from, to, StringComparison.Ordinal));
        Assert.Equal((409, pointer), (answer.Status, answer.Pointers.Single()));
        Assert.Equal(200, (await api.PutAsync<PutProject>("farm", Farm.Replace("\"quantity\":12", "\"quantity\":13", StringComparison.Ordinal))).Status);
        var need = (await api.GetAsync<GetProject>("farm")).Body.GetProperty("needs")[1];
        Assert.Equal("0.0769", need.GetProperty("funding").GetProperty("coverage").GetString());
    }

    [Theory]
    [MemberData(nameof(BadInput))]
    public async Task Bad_input_is_refused_at_the_member(string change, string pointer)
    {
        using var members = JsonDocument.Parse(change);
        var whole = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(Farm)!;
        foreach (var member in members.RootElement.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.Null) whole.Remove(member.Name);
            else whole[member.Name] = member.Value;
        }

        var answer = await api.PutAsync<PutProject>("farm", JsonSerializer.Serialize(whole));
        Assert.Equal(400, answer.Status);
        Assert.Contains(pointer, answer.Pointers);
        Assert.Equal(404, (await api.GetAsync<GetProject>("farm")).Status);
        Assert.Empty(api.Queues.List(QueueNames.LinesToReopen));
    }

    public static TheoryData<string, string> BadInput => new()
    {
        { """{"title":null}""", "/title" },
        { """{"city":null}""", "/city" },
        { """{"city":"Atlantis","country":null}""", "/city" },
        { """{"country":"XX"}""", "/country" },
        { """{"area":"music"}""", "/area" },
        { """{"area":"any"}""", "/area" },
        { """{"currency":null}""", "/currency" },
        { """{"currency":"EURO"}""", "/currency" },
        { """{"currency":"JPY","needs":[{"kind":"money","amount":"1.5"}],"budget":null}""", "/needs/0/amount" },
        { """{"startsOn":"2028-01-01"}""", "/endsOn" },
        { """{"startsOn":"2026-02-30"}""", "/startsOn" },
        { """{"implementers":[""]}""", "/implementers/0" },
        { """{"needs":{}}""", "/needs" },
        { """{"needs":[{}]}""", "/needs/0/kind" },
        { """{"needs":[{"kind":"love"}]}""", "/needs/0/kind" },
        { """{"needs":[{"kind":"money","amount":"-1"}]}""", "/needs/0/amount" },
        { """{"needs":[{"kind":"money","amount":"0"}]}""", "/needs/0/amount" },
        { """{"needs":[{"kind":"money","amount":1000}]}""", "/needs/0/amount" },
        { """{"needs":[{"kind":"money","amount":"99999999999999999999"}]}""", "/needs/0/amount" },
        { """{"needs":[{"kind":"money","amount":"NaN"}]}""", "/needs/0/amount" },
        { """{"needs":[{"kind":"money","amount":"1","minimumViable":"2"}]}""", "/needs/0/minimumViable" },
        { """{"needs":[{"kind":"money","minimumViable":"2"}]}""", "/needs/0/minimumViable" },
        { """{"needs":[{"kind":"money","amount":"1","item":"laptop"}]}""", "/needs/0/item" },
        { """{"needs":[{"kind":"inKind","item":"laptop"}]}""", "/needs/0/quantity" },
        { """{"needs":[{"kind":"inKind","item":"laptop","quantity":"1.5"}]}""", "/needs/0/quantity" },
        { """{"needs":[{"kind":"inKind","quantity":"1"}]}""", "/needs/0/item" },
        { """{"needs":[{"kind":"time","skill":"teaching"}]}""", "/needs/0/hours" },
        { """{"needs":[{"kind":"time","skill":"teaching","hours":"1.001"}]}""", "/needs/0/hours" },
        { """{"needs":[{"kind":"time","hours":"1"}]}""", "/needs/0/skill" },
        { """{"needs":[{"id":"A b","kind":"time","skill":"teaching","hours":"1"}]}""", "/needs/0/id" },
        { """{"needs":[{"id":"a","kind":"money"},{"id":"a","kind":"money"}]}""", "/needs/1/id" },
        { """{"needs":[{"kind":"money","area":"music"}]}""", "/needs/0/area" },
        { """{"needs":[{"kind":"money","city":"Atlantis"}]}""", "/needs/0/city" },
        { """{"budget":[{"from":"2026-01-01","to":"2026-01-01","amount":"1"}]}""", "/budget/0/to" },
        { """{"budget":[{"from":"2026-01-01","to":"2026-02-01"}]}""", "/budget/0/amount" },
        { """{"budget":[{"from":"2026-01-01","to":"2026-02-01","amount":"1.001"}]}""", "/budget/0/amount" },
        { """{"budget":[{"from":"2026-01-01","to":"2026-03-01","amount":"1"},{"from":"2026-02-01","to":"2026-04-01","amount":"1"}]}""", "/budget/1/from" },
        { """{"funding":{}}""", "/funding" },
        { """{"id":"other"}""", "/id" },
    };

    [Fact]
    public async Task At_most_a_hundred_needs()
    {
        string Body(int needs) => $$"""{"title":"T","city":"Kigali","country":"RW","area":"youth","currency":"EUR","needs":[{{string.Join(",", Enumerable.Repeat("""{"kind":"money","amount":"1"}""", needs))}}]}""";
        Assert.Equal("/needs", (await api.PutAsync<PutProject>("p", Body(101))).Pointers.Single());
        Assert.Equal(201, (await api.PutAsync<PutProject>("p", Body(100))).Status);
    }

    [Fact]
    public async Task A_citys_key_puts_projects_in_its_city_and_creates_no_other_city()
    {
        await api.Service<ICities>().ResolveOrCreateAsync("Kigali", "RW", Stop);
        await api.Service<ICities>().ResolveOrCreateAsync("Nablus", "PS", Stop);
        var key = await api.KeyAsync("city", "\"cities\":[\"kigali\"]");
        Assert.Equal(201, (await api.PutAsync<PutProject>("farm", Farm, key)).Status);
        Assert.Equal(403, (await api.PutAsync<PutProject>("farm", Farm.Replace("\"Kigali\",\"country\":\"RW\"", "\"Nablus\"", StringComparison.Ordinal), key)).Status);
        Assert.Equal(403, (await api.PutAsync<PutProject>("other", Farm.Replace("Kigali", "Gisenyi", StringComparison.Ordinal), key)).Status);
        Assert.Null(await api.Service<ICities>().ResolveAsync("Gisenyi", null, Stop));
        Assert.Equal(403, (await api.PutAsync<PutProject>("other", Farm, await api.KeyAsync("fundraiser"))).Status);
    }

    [Fact]
    public async Task The_list_is_filtered_and_sorted_by_gap_over_currencies()
    {
        await api.PutAsync<PutProject>("small", Project("Rome", "IT", "culture", "EUR", "100"));
        await api.PutAsync<PutProject>("large", Project("Rome", "IT", "sport", "USD", "10889"));
        await api.PutAsync<PutProject>("middle", Project("Kigali", "RW", "culture", "EUR", "5000"));
        await api.PutAsync<PutProject>("unquoted", Project("Kigali", "RW", "youth", "RWF", "9999999"));
        Assert.Equal(["large", "middle", "small", "unquoted"], await IdsAsync("?sort=gap"));
        Assert.Equal(["large", "middle", "small", "unquoted"], await IdsAsync(""));
        Assert.Equal(["middle", "small"], await IdsAsync("?area=culture&sort=gap"));
        Assert.Equal(["large", "small"], await IdsAsync("?city=Rome"));
        Assert.Equal(["middle", "unquoted"], await IdsAsync("?country=Rwanda"));
        foreach (var (query, pointer) in new[] { ("?area=x", "/area"), ("?city=x", "/city"), ("?country=x", "/country"), ("?sort=x", "/sort"), ("?continuation=*", "/continuation"), ("?sort=gap&continuation=abc", "/continuation") })
        {
            var answer = await api.GetAsync<ListProjects>(query: query);
            Assert.Equal((400, pointer), (answer.Status, answer.Pointers.Single()));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("sort=gap")]
    public async Task Pages_hold_every_project_once(string sort)
    {
        for (var i = 0; i < ProjectList.PageSize + 3; i++)
            await api.PutAsync<PutProject>($"p-{i}", Project("Rome", "IT", "culture", "EUR", $"{1 + (i / 10)}"));
        var first = await api.GetAsync<ListProjects>(query: "?" + sort);
        var second = await api.GetAsync<ListProjects>(query: $"?{sort}&continuation={first.Text("continuation")}");
        Assert.Equal(ProjectList.PageSize, Ids(first).Count);
        Assert.Equal(ProjectList.PageSize + 3, Ids(first).Concat(Ids(second)).Distinct().Count());
        Assert.False(second.Body.TryGetProperty("continuation", out _));
    }

    [Fact]
    public async Task Any_role_reads_projects()
    {
        await api.PutAsync<PutProject>("farm", Farm);
        foreach (var role in new[] { "reader", "fundraiser" })
            Assert.Equal(200, (await api.GetAsync<GetProject>("farm", key: await api.KeyAsync(role))).Status);
    }

    private static string Project(string city, string country, string area, string currency, string amount)
        => $$"""{"title":"T","city":"{{city}}","country":"{{country}}","area":"{{area}}","currency":"{{currency}}","needs":[{"kind":"money","amount":"{{amount}}"}]}""";

    private async Task<IReadOnlyList<string>> IdsAsync(string query) => Ids(await api.GetAsync<ListProjects>(query: query));

    private static IReadOnlyList<string> Ids(Answer answer)
        => [.. answer.Body.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!)];
}
