using System.Net;
using System.Text.Json;

namespace FundingFlow.Tests.Pipeline.BadInput;

/// <summary>What looks odd and is right.</summary>
[Collection(nameof(BadInputHost))]
public sealed class FineInputTests(BadInputHost host)
{
    /// <summary>Right to left, with marks of direction; four bytes, joined and coloured; combining characters; what would be markup or code elsewhere.</summary>
    public static TheoryData<string, string> Texts => new()
    {
        { "hebrew", "עיריית ירושלים" },
        { "arabic", "بلدية نابلس \u200f(الضفة)" },
        { "emoji", "Kigali 🌍🧑🏿‍🌾🚜" },
        { "combining", "Cafe\u0301 Zürich; ọ\u0301rẹ\u0301; ก็" },
        { "outside", "𝔉orum 𠮷野家" },
        { "markup", "<b>\"Rome\" & 'Oslo'</b> {{7*7}} ${env} =HYPERLINK(\"x\")" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task Text_of_any_script_comes_back_unchanged(string id, string text)
    {
        var quoted = JsonSerializer.Serialize(text);

        var partner = await host.Api.PutAsync($"/api/partners/fine-{id}", GoodBodies.Partner(("name", quoted)));
        var project = await host.Api.PutAsync($"/api/projects/fine-{id}", GoodBodies.Project(("title", quoted), ("requestedBy", quoted), ("needs", "[]")));
        var pledge = await host.Api.PledgeAsync(GoodBodies.Pledge(("partnerId", $"\"fine-{id}\""), ("areas", """["tourism"]"""), ("reference", quoted)), "fine");

        Assert.Equal(text, partner.Text("name"));
        Assert.Equal(text, project.Text("title"));
        Assert.Equal(text, (await host.Api.GetAsync($"/api/partners/fine-{id}")).Text("name"));
        Assert.Equal(text, (await host.Api.GetAsync($"/api/projects/fine-{id}")).Text("requestedBy"));
        Assert.Equal(text, (await host.Api.GetAsync($"/api/pledges/{pledge}")).Text("reference"));
    }

    [Theory]
    [InlineData("""{"pledge":{"partnerId":"bad-partner","resource":{"kind":"money","amount":"100.00","currency":"EUR"},"areas":["sport"]}}""")]
    [InlineData("""{"partner":{"sector":"private","city":"bad-city"},"pledge":{"resource":{"kind":"time","skill":"mediation","hours":"8"}}}""")]
    [InlineData("""{"project":{"title":"Film","city":"Atlantis","country":"KE","area":"culture","currency":"EUR","needs":[{"kind":"money","amount":"5.00"}]}}""")]
    [InlineData("""{"project":{"id":"bad-project","title":"Film","city":"bad-city","area":"sport","currency":"EUR","needs":[{"id":"coaches","kind":"money","amount":"5.00"}]}}""")]
    public async Task What_is_tried_is_answered_and_not_stored(string body)
    {
        // What others have submitted on this storage is in the books first: it goes on by itself, whatever is tried.
        await Eventually.TrueAsync(async () => (await host.Api.AllAsync("/api/pledges?status=submitted&size=100")).Count == 0, "all pledges to be in the books");
        var before = await host.StoredAsync();
        var tried = (await host.Api.PostAsync("/api/simulations", body)).Expect(HttpStatusCode.OK).Json();
        Assert.Equal(JsonValueKind.Array, tried.GetProperty("allocations").ValueKind);
        Assert.Equal(before, await host.StoredAsync());
    }

    [Fact]
    public async Task Conditions_come_back_and_the_same_ratio_written_otherwise_is_the_same_content()
    {
        static string Body(string ratio) => GoodBodies.Pledge(("areas", """["culture"]"""), ("conditions", $$"""[{"type":"match","sector":"public","ratio":{{ratio}},"upTo":"50.00"}]"""));

        var pledge = await host.Api.PledgeAsync(Body("0.5"), "fine-conditions");

        Assert.Equal(pledge, await host.Api.PledgeAsync(Body("\"0.5000\""), "fine-conditions"));
        var condition = (await host.Api.GetAsync($"/api/pledges/{pledge}")).GetProperty("conditions")[0];
        Assert.Equal(("match", "public", "0.5", "50.00"), (condition.Text("type"), condition.Text("sector"), condition.Text("ratio"), condition.Text("upTo")));
    }

    [Fact]
    public async Task A_formula_in_a_line_that_is_refused_comes_back_as_text()
    {
        const string csv = "name,sector,city\n\"=HYPERLINK(\"\"http://example.org\"\",\"\"Rome\"\")\",royal,\"+1\"\n@SUM(A1),royal,-2";
        var accepted = (await host.Api.PostAsync("/api/imports?kind=partners", JsonSerializer.Serialize(new { csv }))).Expect(HttpStatusCode.Accepted);

        JsonElement report = default;
        await Eventually.TrueAsync(async () => (report = await host.Api.GetAsync(accepted.Location!)).Text("status") == "done", "the import to be done");
        var errors = await host.Api.SendAsync(HttpMethod.Get, report.Text("errorsUrl"));

        Assert.Equal(2, report.GetProperty("refused").GetInt32());
        Assert.Contains("'=HYPERLINK(", errors.Text, StringComparison.Ordinal);
        Assert.Contains("'@SUM(A1)", errors.Text, StringComparison.Ordinal);
        Assert.DoesNotMatch("(^|,|\n)\"?[=+@-]", errors.Text);
    }
}
