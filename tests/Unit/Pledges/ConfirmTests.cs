using FundingFlow.Access;
using FundingFlow.Projects;
using FundingFlow.Tests.Simulation;
using FundingFlow.Validation;

namespace FundingFlow.Tests.Unit.Pledges;

/// <summary>What a partner makes binding, allocation by allocation.</summary>
public class ConfirmTests
{
    private readonly LifeBench bench = new();

    [Fact]
    public async Task One_allocation_is_confirmed_by_itself_and_only_where_it_is_there_and_proposed()
    {
        await bench.Forum.ProjectAsync("farm", TestForum.Money("main", 600), TestForum.Money("tools", 400));
        var pledge = (await bench.PledgeAsync(1_500, Areas.Youth)).Pledge.Id;
        var part = (await bench.Forum.BalanceAsync(pledge)).Allocations.Single(part => part.NeedId == "main").Id;
        var nowhere = part.Replace("~main", "~nothing", StringComparison.Ordinal);

        Assert.Equal(RefusalKind.NotFound, (await ConfirmAsync(pledge, nowhere, "nowhere")).Refusal?.Kind);
        for (var i = 0; i < 2; i++) Assert.Equal((600, 400), await CommittedAsync(pledge, part, "once"));
        LifeBench.AssertConflict(await ConfirmAsync(pledge, part, "again"), "Nothing of this allocation is proposed: it is committed");
        Assert.Equal((1_000, 0), await CommittedAsync(pledge, null, "all"));
        LifeBench.AssertConflict(await ConfirmAsync(pledge, null, "more"), "once it has been placed");
        Assert.Null((await bench.AmendAsync(pledge, LifeBench.To("10.00"))).Refusal);
        LifeBench.AssertConflict(await ConfirmAsync(pledge, null, "most"), "has been confirmed already");
        await bench.AssertProvedAsync();
    }

    private async Task<(long Committed, long Proposed)> CommittedAsync(string pledge, string? part, string key)
    {
        var balance = (await ConfirmAsync(pledge, part, key)).Value;
        return (balance.Committed, balance.Proposed);
    }

    private Task<Outcome<FundingFlow.Pledges.PledgeBalance>> ConfirmAsync(string pledge, string? part, string key)
        => bench.Forum.Commands.ConfirmAsync(pledge, part, key, Caller.System, TestForum.Stop);
}
