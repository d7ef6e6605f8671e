using FundingFlow.Functions.Ledger;
using FundingFlow.Ledger;
using FundingFlow.Ledger.Rebalancing;
using FundingFlow.Storage;
using FundingFlow.Tests.Unit.Http;

namespace FundingFlow.Tests.Unit.Ledger.Rebalancing;

public sealed class RebalanceCallTests : IDisposable
{
    private readonly TestApi api = new();

    [Fact]
    public async Task A_finished_rebalance_is_answered_at_once_and_again_under_its_key()
    {
        var first = await PostAsync("k");
        Assert.Equal((200, "done"), (first.Status, first.Text("status")));
        Assert.Equal(0, first.Body.GetProperty("moves").GetArrayLength());
        Assert.Equal(first.Body.GetRawText(), (await PostAsync("k")).Body.GetRawText());
        Assert.Equal(first.Body.GetRawText(), (await api.GetAsync<GetRebalance>(first.Text("id"))).Body.GetRawText());
    }

    [Fact]
    public async Task Without_a_key_or_with_an_unknown_dry_run_it_is_refused()
    {
        Assert.Equal(["/Idempotency-Key"], (await PostAsync(null)).Pointers);
        Assert.Equal(["/dryRun"], (await PostAsync("k", "?dryRun=perhaps")).Pointers);
        Assert.Equal(200, (await PostAsync("k")).Status);
        Assert.Equal(409, (await PostAsync("k", "?dryRun=true")).Status);
    }

    [Theory]
    [InlineData("?dryRun")]
    [InlineData("?dryRun=")]
    [InlineData("?dryRun=false&dryRun=true")]
    public async Task What_may_have_been_meant_as_a_dry_run_is_refused(string query)
        => Assert.Equal(["/dryRun"], (await PostAsync("k", query)).Pointers);

    [Fact]
    public async Task One_that_is_running_is_told_of()
    {
        await api.Service<ITables>().PutAsync(TableNames.Rebalances, RowChange.Add(new Row("running", "running", Wire.Write(new RunningRebalance("k3v7qxwz2m4ha5bt", api.Clock.GetUtcNow())))), TestContext.Current.CancellationToken);
        var refused = await PostAsync("k");
        Assert.Equal(409, refused.Status);
        Assert.Contains("GET /api/rebalances/k3v7qxwz2m4ha5bt", refused.Text("detail"), StringComparison.Ordinal);
    }

    public void Dispose() => api.Dispose();

    private Task<Answer> PostAsync(string? key, string query = "") => api.CallAsync<StartRebalance>("POST", null, TestApi.StaffKey, "{}", query, [("Idempotency-Key", key)]);
}
