using System.Globalization;
using System.Net;
using System.Text.Json;
using FundingFlow.Local.Hosting;

namespace FundingFlow.Tests.Pipeline;

/// <summary>The same request many times at once, over HTTP.</summary>
public sealed class IdempotencyTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const int Times = 50;
    private readonly TemporaryFolder folder = new();
    private LocalHost host = null!;
    private ApiClient api = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        host = await LocalHost.StartAsync(
            new LocalHostOptions { Port = 0, Storage = azurite.ConnectionString, DataFolder = folder.Path, Samples = false }, TimeProvider.System, stop: Stop);
        api = new ApiClient(host.Url, host.StaffKey);
        await api.PutAsync("/api/partners/repeating", """{"name":"A repeating partner","sector":"private","country":"IT"}""");
    }

    public async ValueTask DisposeAsync()
    {
        api?.Dispose();
        if (host is not null)
            await host.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Fifty_posts_of_one_pledge_at_once_are_one_pledge()
    {
        await PutProjectAsync("repeat-post");
        var body = Pledge("repeat-post", "250.00");

        var answers = await AtOnceAsync(async () =>
        {
            var answer = await api.PostAsync("/api/pledges", body, "post");
            return (Answer: answer, Found: await api.SendAsync(HttpMethod.Get, answer.Location ?? "/api/none"));
        });

        Assert.All(answers, pair => Assert.Equal(HttpStatusCode.Accepted, pair.Answer.Status));
        Assert.All(answers, pair => Assert.Equal(HttpStatusCode.OK, pair.Found.Status));
        Assert.Single(answers.Select(pair => pair.Answer.Location).Distinct());
        var id = Assert.Single(answers.Select(pair => pair.Answer.Json().Text("id")).Distinct());
        var pledge = await api.PledgeOnceAsync(id, "placed");
        Assert.Equal("250.00", Assert.Single(pledge.Items("allocations")).Text("amount"));
        Assert.Single(pledge.Items("history"), entry => entry.Text("what") == "opened");
        Assert.Equal("250.00", await PledgedAsync("repeat-post"));
        Assert.Single(await api.AllAsync("/api/pledges?partner=repeating"), item => item.Text("id") == id);
    }

    [Fact]
    public async Task Other_content_under_the_same_key_is_a_conflict_and_changes_nothing()
    {
        await PutProjectAsync("repeat-other");
        var id = await api.PledgeAsync(Pledge("repeat-other", "250.00"), "other");
        var before = await api.PledgeOnceAsync(id, "placed");

        var answers = await AtOnceAsync(() => api.PostAsync("/api/pledges", Pledge("repeat-other", "251.00"), "other"));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Conflict, answer.Status));
        Assert.Equal(before.GetRawText(), (await api.GetAsync($"/api/pledges/{id}")).GetRawText());
        Assert.Equal("250.00", await PledgedAsync("repeat-other"));
    }

    [Fact]
    public async Task The_same_content_written_otherwise_is_the_same_pledge()
    {
        await PutProjectAsync("repeat-spelling");
        var id = await api.PledgeAsync(Pledge("repeat-spelling", "250.00"), "spelling");

        Assert.Equal(id, await api.PledgeAsync(Pledge("repeat-spelling", "250"), "spelling"));
    }

    [Fact]
    public async Task Confirming_and_receiving_again_with_the_same_key_has_one_effect()
    {
        await PutProjectAsync("repeat-life");
        var id = await api.PledgeAsync(Pledge("repeat-life", "250.00"), "life");
        await api.PledgeOnceAsync(id, "placed");

        var confirmed = await AtOnceAsync(() => api.PostAsync($"/api/pledges/{id}/confirm", null, "confirm"));
        var received = await AtOnceAsync(() => api.PostAsync($"/api/pledges/{id}/receipts", """{"amount":"40.00"}""", "receipt"));
        var other = await api.PostAsync($"/api/pledges/{id}/receipts", """{"amount":"41.00"}""", "receipt");

        Assert.All(confirmed, answer => Assert.Equal("250.00", answer.Expect(HttpStatusCode.OK).Json().Text("committed")));
        Assert.All(received, answer => Assert.Equal("40.00", answer.Expect(HttpStatusCode.OK).Json().Text("received")));
        Assert.Equal(HttpStatusCode.Conflict, other.Status);
        var pledge = await api.GetAsync($"/api/pledges/{id}");
        Assert.Equal(("210.00", "40.00"), (pledge.Text("committed"), pledge.Text("received")));
        Assert.Single(pledge.Items("history"), entry => entry.Text("what") == "confirmed");
        Assert.Single(pledge.Items("history"), entry => entry.Text("what") == "received");
    }

    [Fact]
    public async Task Reversing_a_receipt_again_with_the_same_key_has_one_effect_and_under_other_keys_none()
    {
        await PutProjectAsync("repeat-reverse");
        var id = await api.PledgeAsync(Pledge("repeat-reverse", "250.00"), "reversed");
        await api.PledgeOnceAsync(id, "placed");
        await api.PostAsync($"/api/pledges/{id}/confirm", null, "confirm");
        var paid = (await api.PostAsync($"/api/pledges/{id}/receipts", """{"amount":"300.00"}""", "receipt")).Expect(HttpStatusCode.OK).Json();
        var path = $"/api/pledges/{id}/receipts/{Assert.Single(paid.Items("receipts")).Text("id")}/reverse";

        var answers = await AtOnceAsync(() => api.PostAsync(path, """{"reason":"It bounced."}""", "reverse"));
        var others = await Task.WhenAll(Enumerable.Range(0, 5).Select(i => api.PostAsync(path, """{"reason":"It bounced."}""", $"reverse-{i}")));

        Assert.All(answers, answer => Assert.Equal("0.00", answer.Expect(HttpStatusCode.OK).Json().Text("received")));
        Assert.All(others, answer => Assert.Equal(HttpStatusCode.Conflict, answer.Status));
        var pledge = await api.GetAsync($"/api/pledges/{id}");
        Assert.Equal(("250.00", "0.00", "0.00"), (pledge.Text("committed"), pledge.Text("received"), pledge.Text("unallocated")));
        Assert.Single(pledge.Items("history"), entry => entry.Text("what") == "reversed");
    }

    [Fact]
    public async Task Amending_moving_and_declining_again_with_the_same_key_have_one_effect()
    {
        await PutProjectAsync("repeat-amend");
        await PutProjectAsync("repeat-target");
        var id = await api.PledgeAsync(Pledge("repeat-amend", "250.00").Replace("[\"repeat-amend\"]", "[\"repeat-amend\",\"repeat-target\"]", StringComparison.Ordinal), "amended");
        var part = Assert.Single((await api.PledgeOnceAsync(id, "placed")).Items("allocations"));
        var (at, other) = part.Text("projectId") == "repeat-amend" ? ("repeat-amend", "repeat-target") : ("repeat-target", "repeat-amend");

        var more = await AtOnceAsync(() => api.SendAsync(HttpMethod.Patch, $"/api/pledges/{id}", """{"resource":{"amount":"300.00"}}""", "more"));
        var less = await AtOnceAsync(() => api.SendAsync(HttpMethod.Patch, $"/api/pledges/{id}", """{"resource":{"amount":"280.00"}}""", "less"));
        var move = $$"""{"projectId":"{{other}}","needId":"all","amount":"100.00","reason":"it is needed more"}""";
        var moved = await AtOnceAsync(() => api.PostAsync($"/api/allocations/{part.Text("id")}/move", move, "move"));
        var declined = await AtOnceAsync(() => api.PostAsync($"/api/allocations/{part.Text("id")}/decline", null, "decline"));

        Assert.All(more, answer => Assert.Equal("300.00", answer.Expect(HttpStatusCode.OK).Json().Text("resource/amount")));
        Assert.All(less, answer => Assert.Equal("280.00", answer.Expect(HttpStatusCode.OK).Json().Text("resource/amount")));
        Assert.All(moved, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.All(declined, answer => Assert.Equal("declined", answer.Expect(HttpStatusCode.OK).Json().Text("status")));
        var pledge = await api.GetAsync($"/api/pledges/{id}");
        Assert.Equal(("280.00", "0.00"), (pledge.Text("proposed"), pledge.Text("unallocated")));
        var left = Assert.Single(pledge.Items("allocations"));
        Assert.Equal((other, "280.00"), (left.Text("projectId"), left.Text("amount")));
        Assert.Equal(2, pledge.Items("history").Count(entry => entry.Text("what") == "amended"));
        Assert.Single(pledge.Items("history"), entry => entry.Text("what") == "moved");
        Assert.Single(pledge.Items("history"), entry => entry.Text("what") == "declined");
        Assert.Equal("0.00", await PledgedAsync(at));
    }

    [Fact]
    public async Task Writing_off_again_with_the_same_key_has_one_effect()
    {
        await PutProjectAsync("repeat-write-off");
        var id = await api.PledgeAsync(Pledge("repeat-write-off", "250.00"), "given-up");
        await api.PledgeOnceAsync(id, "placed");
        (await api.PostAsync($"/api/pledges/{id}/confirm", null, "confirm")).Expect(HttpStatusCode.OK);

        var answers = await AtOnceAsync(() => api.PostAsync($"/api/pledges/{id}/write-off", """{"amount":"50.00","reason":"insolvent"}""", "write-off"));

        Assert.All(answers, answer => Assert.Equal("50.00", answer.Expect(HttpStatusCode.OK).Json().Text("writtenOff")));
        var pledge = await api.GetAsync($"/api/pledges/{id}");
        Assert.Equal(("200.00", "50.00"), (pledge.Text("committed"), pledge.Text("writtenOff")));
        Assert.Single(pledge.Items("history"), entry => entry.Text("what") == "written-off");
    }

    [Fact]
    public async Task Withdrawing_again_with_the_same_key_has_one_effect()
    {
        await PutProjectAsync("repeat-withdraw");
        var id = await api.PledgeAsync(Pledge("repeat-withdraw", "250.00"), "withdrawn");
        await api.PledgeOnceAsync(id, "placed");

        var answers = await AtOnceAsync(() => api.PostAsync($"/api/pledges/{id}/withdraw", null, "withdraw"));

        Assert.All(answers, answer => Assert.Equal("withdrawn", answer.Expect(HttpStatusCode.OK).Json().Text("status")));
        var pledge = await api.GetAsync($"/api/pledges/{id}");
        Assert.Equal(("250.00", "0.00"), (pledge.Text("withdrawn"), pledge.Text("unallocated")));
        Assert.Single(pledge.Items("history"), entry => entry.Text("what") == "withdrawn");
        Assert.Equal("0.00", await PledgedAsync("repeat-withdraw"));
    }

    private static Task<T[]> AtOnceAsync<T>(Func<Task<T>> call) => Task.WhenAll(Enumerable.Range(0, Times).Select(_ => call()));

    private Task<JsonElement> PutProjectAsync(string id) => api.PutAsync($"/api/projects/{id}", """
        {"title":"A project","city":"Kigali","country":"RW","area":"tourism","currency":"EUR","needs":[{"id":"all","kind":"money","amount":"1000.00"}]}
        """);

    private static string Pledge(string project, string amount) => $$$"""
        {"partnerId":"repeating","resource":{"kind":"money","amount":"{{{amount}}}","currency":"EUR"},"areas":["tourism"],"earmark":{"projects":["{{{project}}}"]}}
        """;

    /// <summary>What this test's partner has pledged there; other tests on the same storage may pledge to anybody.</summary>
    private async Task<string> PledgedAsync(string project)
        => (await api.AllAsync("/api/pledges?partner=repeating")).SelectMany(pledge => pledge.Items("allocations"))
            .Where(part => part.Text("projectId") == project).Sum(part => part.Decimal("proposed")).ToString("0.00", CultureInfo.InvariantCulture);
}
