using System.Text.Json;
using FundingFlow.Access;
using FundingFlow.Functions.Partners;
using FundingFlow.Functions.Projects;
using FundingFlow.Functions.Simulations;
using FundingFlow.Ledger;
using FundingFlow.Pledges;
using FundingFlow.Storage;
using FundingFlow.Tests.Pipeline;
using FundingFlow.Tests.Simulation;
using FundingFlow.Tests.Unit.Http;
using FundingFlow.Validation;

namespace FundingFlow.Tests.Unit.Simulations;

/// <summary>What a simulation answers is what then happens, and asking stores nothing.</summary>
public sealed class SimulationTests : IDisposable
{
    private const string Money = """{"kind":"money","amount":"100.00","currency":"EUR"}""";
    private readonly TestApi api = new();
    private int keys;

    public void Dispose() => api.Dispose();

    public static TheoryData<string> Pledges =>
    [
        $$"""{"partnerId":"rome","resource":{{Money}},"areas":["sport"]}""",
        $$"""{"partnerId":"rome","resource":{{Money}},"areas":["sport","youth"],"smallestPart":"40"}""",
        $$"""{"partnerId":"rome","resource":{{Money}}}""",
        $$$"""{"partnerId":"rome","resource":{"kind":"money","amount":"900.00","currency":"EUR"}}""",
        $$$"""{"partnerId":"rome","resource":{{{Money}}},"earmark":{"projects":["club"]}}""",
        // What lies there makes room and finds another place.
        """{"partnerId":"rome","resource":{"kind":"money","amount":"900.00","currency":"EUR"},"earmark":{"projects":["hall"]}}""",
        """{"partnerId":"rome","resource":{"kind":"time","skill":"coaching","hours":"30"},"areas":["sport"]}""",
        $$"""{"partnerId":"choosy","resource":{{Money}},"areas":["sport"]}""",
    ];

    [Theory]
    [MemberData(nameof(Pledges))]
    public async Task What_is_answered_for_a_pledge_is_what_then_happens_and_nothing_is_stored(string pledge)
    {
        await ForumAsync();
        await SubmitAsync("""{"partnerId":"bern","resource":{"kind":"money","amount":"45.00","currency":"EUR"},"areas":["sport"]}""");
        api.Tables.Operations.Reset();
        api.Queues.Operations.Reset();

        var tried = await api.PostAsync<Simulate>($$"""{"pledge":{{pledge}}}""");

        Assert.True(tried.Status == 200, tried.Body.ToString());
        AssertNothingWritten();
        var before = await PositionsAsync();
        var really = await SubmitAsync(pledge);
        Assert.Equal(
            really.Allocations.Select(part => (part.ProjectId, part.NeedId, Decimals(part.Total.Minor))).Order(),
            tried.Body.Items("allocations").Select(part => (part.Text("projectId"), part.Text("needId"), part.TryGetProperty("amount", out var amount) ? amount.GetString()! : part.Text("hours"))).Order());
        Assert.Equal(Decimals(really.Unallocated), tried.Text("unallocated"));
        var after = await PositionsAsync();
        Assert.Equal(
            after.Where(need => before[need.Key] != need.Value).Select(need => (need.Key.Project, need.Key.Need, Decimals(before[need.Key]), Decimals(need.Value))).Order(),
            tried.Body.Items("needs").Select(need => (need.Text("projectId"), need.Text("needId"), need.Text("filledBefore"), need.Text("filledAfter"))).Order());
    }

    [Fact]
    public async Task It_tells_what_completes_how_gaps_change_what_stands_and_what_comes_next()
    {
        await ForumAsync();
        var tried = (await api.PostAsync<Simulate>("""{"pledge":{"partnerId":"rome","resource":{"kind":"money","amount":"460.00","currency":"EUR"},"areas":["sport"],"smallestPart":"30"}}""")).Body;
        Assert.Equal([("club", "ball", true, false), ("hall", "roof", false, true)], tried.Items("needs").Select(need =>
            (need.Text("projectId"), need.Text("needId"), need.GetProperty("completes").GetBoolean(), need.GetProperty("reachesMinimum").GetBoolean())));
        var sport = Assert.Single(tried.Items("areas"), area => area.Text("kind") == "money");
        Assert.Equal(("550.00", "550.00", "550.00", "90.00"), 
            (sport.Text("before/open"), sport.Text("before/gap"), sport.Text("after/gap"), sport.Text("after/open")));
        Assert.Equal("0.8363", sport.Text("after/covered"));
        Assert.Equal(["club", "hall"], tried.Items("projects").Select(project => project.Text("key")));
        Assert.Equal("hall", tried.Items("next").First().Text("projectId"));
        var whole = (await api.PostAsync<Simulate>("""{"pledge":{"partnerId":"rome","resource":{"kind":"money","amount":"1000.00","currency":"EUR"},"areas":["sport"]}}""")).Body;
        var standing = Assert.Single(whole.Items("standing"));
        Assert.Equal(("sport", "450.00", "no-need", "No open need that it may go to asks for more money."), (standing.Text("area"), standing.Text("unallocated"), standing.Text("code"), standing.Text("text")));
        Assert.Empty(whole.Items("next"));
    }

    [Fact]
    public async Task For_a_project_it_tells_which_standing_pledges_come_and_that_is_what_then_happens()
    {
        await ForumAsync();
        var standing = await SubmitAsync("""{"partnerId":"rome","resource":{"kind":"money","amount":"500.00","currency":"EUR"},"areas":["culture"]}""");
        var anywhere = await SubmitAsync("""{"partnerId":"bern","resource":{"kind":"money","amount":"2000.00","currency":"EUR"},"visibility":"anonymous"}""");
        api.Tables.Operations.Reset();
        api.Queues.Operations.Reset();
        const string project = """{"title":"A film","city":"Lima","country":"PE","area":"culture","currency":"EUR","needs":[{"id":"camera","kind":"money","amount":"600.00"}]}""";

        var tried = await api.PostAsync<Simulate>($$"""{"project":{{project}}}""");

        Assert.True(tried.Status == 200, tried.Body.ToString());
        AssertNothingWritten();
        Assert.Equal("new-project", tried.Text("projectId"));
        Assert.Equal([("bern", "100.00"), ("rome", "500.00")], tried.Body.Items("allocations").Select(part => (part.Text("partnerId"), part.Text("amount"))).Order());
        Assert.Equal("600.00", Assert.Single(tried.Body.Items("needs")).Text("filledAfter"));
        var masked = await api.PostAsync<Simulate>($$"""{"project":{{project}}}""", await api.KeyAsync("fundraiser", "\"partners\":[\"rome\"]"));
        Assert.Equal([0, 1], masked.Body.Items("allocations").Select(part => Math.Min(1, part.Items("reasons").Length)).Order());
        Assert.Equal([null, standing.Pledge.Id], masked.Body.Items("allocations").Select(part => part.TryGetProperty("pledgeId", out var id) ? id.GetString() : null).Order());

        Assert.Equal(201, (await api.PutAsync<PutProject>("film", project)).Status);
        await SettleAsync();
        Assert.Equal((50_000, 10_000), ((await BalanceAsync(standing)).Proposed, (await BalanceAsync(anywhere)).Allocations.Single(part => part.ProjectId == "film").Total.Minor));
    }

    [Fact]
    public async Task A_need_in_another_currency_leaves_the_sum_of_the_old_one()
    {
        await ForumAsync();
        var tried = await api.PostAsync<Simulate>("""{"project":{"id":"camp","title":"camp","city":"kigali","area":"youth","currency":"USD","needs":[{"id":"tents","kind":"money","amount":"120.00"}]}}""");
        Assert.Equal(200, tried.Status);
        foreach (var by in new[] { "areas", "projects" })
            Assert.Equal([("EUR", "120.00", "0.00"), ("USD", "0.00", "120.00")], tried.Body.Items(by).Select(gap => (gap.Text("currency"), gap.Text("before/open"), gap.Text("after/open"))));
    }

    [Fact]
    public async Task A_need_that_is_lowered_to_less_than_lies_there_would_be_complete()
    {
        await ForumAsync();
        await SubmitAsync("""{"partnerId":"bern","resource":{"kind":"money","amount":"80.00","currency":"EUR"},"areas":["youth"]}""");
        var tried = await api.PostAsync<Simulate>("""{"project":{"id":"camp","title":"camp","city":"kigali","area":"youth","currency":"EUR","needs":[{"id":"tents","kind":"money","amount":"30.00"}]}}""");
        var tents = Assert.Single(tried.Body.Items("needs"));
        Assert.Equal(("80.00", "30.00", true), (tents.Text("filledBefore"), tents.Text("filledAfter"), tents.GetProperty("completes").GetBoolean()));
    }

    [Fact]
    public async Task A_partner_that_is_not_known_can_be_described()
    {
        await ForumAsync();
        var body = $$$"""{"partner":{"sector":"private","country":"RW","interests":["sport"]},"pledge":{"resource":{{{Money}}},"areas":["sport"]}}""";
        var tried = await api.PostAsync<Simulate>(body, await api.KeyAsync("fundraiser", "\"partners\":[\"rome\"]"));
        Assert.True(tried.Status == 200, tried.Body.ToString());
        Assert.Contains(tried.Body.Items("allocations").First().Items("reasons"), reason => reason.Text("code") == "interest");
    }

    [Theory]
    [InlineData("{}", "/pledge")]
    [InlineData("""{"pledge":{},"project":{}}""", "/project")]
    [InlineData("""{"pledge":[]}""", "/pledge")]
    [InlineData("""{"pledge":{"partnerId":"nobody","resource":{"kind":"money","amount":"1","currency":"EUR"}}}""", "/pledge/partnerId")]
    [InlineData("""{"pledge":{"partnerId":"rome","resource":{"kind":"money","amount":"-1","currency":"EUR"}}}""", "/pledge/resource/amount")]
    [InlineData("""{"pledge":{"partnerId":"choosy","resource":{"kind":"money","amount":"1","currency":"EUR"},"earmark":{"projects":["club"]}}}""", "/pledge/earmark/projects/0")]
    [InlineData("""{"partner":{"sector":"public"},"pledge":{"partnerId":"rome","resource":{"kind":"money","amount":"1","currency":"EUR"}}}""", "/pledge/partnerId")]
    [InlineData("""{"partner":{"sector":"public","city":"Atlantis"},"pledge":{"resource":{"kind":"money","amount":"1","currency":"EUR"}}}""", "/partner/city")]
    [InlineData("""{"partner":{"sector":"royal"},"pledge":{"resource":{"kind":"money","amount":"1","currency":"EUR"}}}""", "/partner/sector")]
    [InlineData("""{"project":{"title":"x","city":"Atlantis","area":"sport"}}""", "/project/city")]
    [InlineData("""{"project":{"title":"x","city":"kigali","area":"music"}}""", "/project/area")]
    [InlineData("""{"project":{"title":"x","city":"kigali","area":"sport"},"partner":{"sector":"public"}}""", "/partner")]
    public async Task What_is_wrong_is_named_as_in_the_calls_themselves(string body, string pointer)
    {
        await ForumAsync();
        var refused = await api.PostAsync<Simulate>(body);
        Assert.Equal(400, refused.Status);
        Assert.Contains(pointer, refused.Pointers);
    }

    [Fact]
    public async Task Fundraisers_try_pledges_of_their_own_partners_and_cities_none()
    {
        await ForumAsync();
        var body = $$$"""{"pledge":{"partnerId":"bern","resource":{{{Money}}}}}""";
        Assert.Equal(403, (await api.PostAsync<Simulate>(body, await api.KeyAsync("fundraiser", "\"partners\":[\"rome\"]"))).Status);
        Assert.Equal(403, (await api.PostAsync<Simulate>(body, await api.KeyAsync("city", "\"cities\":[\"kigali\"]"))).Status);
        Assert.Equal(200, (await api.PostAsync<Simulate>(body, await api.KeyAsync("reader"))).Status);
    }

    private static string Decimals(long minor) => FundingFlow.Money.Decimals.Write(minor, 2);

    private void AssertNothingWritten()
    {
        foreach (var kind in new[] { StorageOperation.TableWrite, StorageOperation.TableTransaction }) Assert.Equal((kind, 0), (kind, api.Tables.Operations[kind]));
        Assert.Equal(0, api.Queues.Operations.Total);
        Assert.True(api.Tables.Operations[StorageOperation.TableQuery] > 0);
    }

    private async Task ForumAsync()
    {
        foreach (var partner in new[] { "rome", "bern" })
            Assert.Equal(201, (await api.PutAsync<PutPartner>(partner, $$"""{"name":"{{partner}}","sector":"public"}""")).Status);
        await PutAsync("club", "sport", """{"id":"ball","kind":"money","amount":"50.00"},{"id":"coach","kind":"time","skill":"coaching","hours":"20"}""");
        await PutAsync("hall", "sport", """{"id":"roof","kind":"money","amount":"500.00","minimumViable":"100.00"}""");
        await PutAsync("camp", "youth", """{"id":"tents","kind":"money","amount":"120.00"}""");
        Assert.Equal(201, (await api.PutAsync<PutPartner>("choosy", """{"name":"Choosy","sector":"private","exclusions":{"projects":["club"]}}""")).Status);
    }

    private async Task PutAsync(string id, string area, string needs)
        => Assert.Equal(201, (await api.PutAsync<PutProject>(id, $$"""{"title":"{{id}}","city":"kigali","country":"RW","area":"{{area}}","currency":"EUR","needs":[{{needs}}]}""")).Status);

    private async Task<PledgeBalance> SubmitAsync(string body)
    {
        var request = JsonInput.Parse(System.Text.Encoding.UTF8.GetBytes(body), PledgeReader.Read).Value;
        var submitted = await api.Service<IPledgeIntake>().SubmitAsync(request, $"k{++keys}", Caller.System, TestForum.Stop);
        await SettleAsync();
        return await BalanceAsync(submitted.Value.Id);
    }

    private async Task SettleAsync()
    {
        while (api.Queues.TryReceive(QueueNames.PledgesSubmitted) is { } message) await api.Service<PledgeIngestion>().IngestAsync(message.Body, TestForum.Stop);
        await api.Service<LineReopening>().AllAsync(TestForum.Stop);
    }

    private Task<PledgeBalance> BalanceAsync(PledgeBalance balance) => BalanceAsync(balance.Pledge.Id);

    private async Task<PledgeBalance> BalanceAsync(string id)
        => await api.Service<PledgeBooks>().ReadAsync((await api.Service<PledgeStore>().FindAsync(id, TestForum.Stop))!.Value, TestForum.Stop);

    private async Task<Dictionary<(string Project, string Need), long>> PositionsAsync()
    {
        var all = new Dictionary<(string, string), long>();
        foreach (var area in FundingFlow.Projects.Areas.All)
            foreach (var need in await api.Service<ILedgerReader>().PositionsAsync(area, TestForum.Stop)) all[(need.ProjectId, need.NeedId)] = need.Filled;
        return all;
    }
}
