using System.Globalization;
using FundingFlow.Access;
using FundingFlow.Cities;
using FundingFlow.Ledger.Rebalancing;
using FundingFlow.Money;
using FundingFlow.Pledges;
using FundingFlow.Projects;
using FundingFlow.Storage;
using FundingFlow.Tests.Simulation;

namespace FundingFlow.Tests.Unit.Ledger.Rebalancing;

using Unit = FundingFlow.Money.Unit;

/// <summary>Rebalances at the limits of rows, transactions and numbers, and of what was declined.</summary>
public class RebalanceLimitsTests
{
    private static readonly Earmark ToRwanda = new([], [], ["RW"]);
    private readonly RebalanceBook book = new();

    private TestForum Forum => book.Forum;

    [Fact]
    public async Task What_was_declined_in_one_area_is_not_planned_out_of_another()
    {
        var free = await DeclinedByTheSchoolAsync();
        var before = await book.PartsAsync(free);
        Assert.Equal([("clinic/main in youth", 1000), ("farm/main in culture", 1000)], before.Select(part => (part.Key, part.Value)));

        var done = await book.RebalanceToTheOptimumAsync();
        Assert.Equal((0, 0), (done.Planned, done.Skipped));
        Assert.Equal(before, await book.PartsAsync(free));
    }

    [Fact]
    public async Task What_was_declined_is_known_where_units_of_another_line_arrive()
    {
        var free = await DeclinedByTheSchoolAsync();
        // With nothing placed on it the need may move to another area, where the pledge has no line yet.
        await Forum.ProjectAsync("school", TestForum.Money("main", 1000, Areas.Sport));
        await Forum.ProjectAsync("club", TestForum.Money("main", 1000, Areas.Sport));
        var done = await book.RebalanceToTheOptimumAsync();
        Assert.Equal(2, done.Moved);
        Assert.Equal(["clinic/main in youth", "club/main in sport"], (await book.PartsAsync(free)).Keys);

        await Forum.ProjectAsync("club", TestForum.Money("main", 1, Areas.Sport));
        await Forum.SettleAsync();
        Assert.DoesNotContain("school/main in sport", (await book.PartsAsync(free)).Keys);
        await book.AuditAsync();
    }

    [Fact]
    public async Task A_pledge_with_a_smallest_part_leaves_more_needs_than_one_transaction_holds()
    {
        const int Needs = 70;
        for (var i = 0; i < Needs; i++) await Forum.ProjectAsync($"n{i:D2}", TestForum.Money("main", 10, minimum: 10));
        var wide = await Forum.SubmitAsync(TestForum.Pledge("rome", 10 * Needs, "EUR", Areas.Youth) with { SmallestPart = 10 }, "a");
        await Forum.SettleAsync();
        Assert.Equal(Needs, (await book.PartsAsync(wide)).Count);
        await book.PledgeAsync("bern", 10 * Needs, "b", ToRwanda, areas: Areas.Youth);
        await Forum.ProjectAsync("school", TestForum.Money("main", 10 * Needs, minimum: 10 * Needs) with { City = "lima" });
        await Forum.SettleAsync();

        var done = await book.RebalanceAsync();
        Assert.Equal((RebalanceStatus.Done, 0), (done.Status, done.Skipped));
        Assert.Equal(10 * Needs, (await book.PartsAsync(wide))["school/main in youth"]);
        await book.AuditAsync();
    }

    [Fact]
    public async Task A_circle_longer_than_a_row_holds_is_spread_over_rows()
    {
        const int Length = 170;
        var ids = await CircleAsync(Length);
        var done = await book.RebalanceAsync();
        Assert.Equal((RebalanceStatus.Done, Length, 0), (done.Status, done.Moved, done.Skipped));
        for (var i = 0; i < Length; i++) Assert.Equal(1000, (await book.PartsAsync(ids[i]))[$"n{i:D3}/main in youth"]);
        var rows = await book.StepRowsAsync(done).ToListAsync(RebalanceBook.Stop);
        Assert.Equal(Enumerable.Range(0, Length), rows.SelectMany(row => row.Moves).Select(move => move.Number).Order());
        Assert.All(rows, row => Assert.InRange(row.Moves.Count(), 1, 150));
        Assert.Single(rows.DistinctBy(row => row.Number));
        var view = (await Forum.Get<RebalanceQueries>().ViewAsync(done.Id, null, RebalanceBook.Stop)).Value;
        Assert.Equal(Length, view.Moves.Count);
        await book.AuditAsync();
    }

    [Fact]
    public async Task A_unit_beyond_what_can_be_computed_stays_and_the_others_move()
    {
        var laptops = Unit.Goods("laptop", "piece", 0);
        // No whole number of such parts fits, so that a search must look for the best, in numbers beyond it.
        for (var i = 0; i < 60; i++) await Forum.ProjectAsync($"lab{i:D2}", new Need("main", laptops, Amount.Largest / 5 * 3, null, Areas.Youth, "kigali"));
        foreach (var partner in new[] { "rome", "acme" })
            await Forum.SubmitAsync(TestForum.Pledge(partner, 1, "EUR", Areas.Youth) with { Resource = new Resource(laptops, Amount.Largest), SmallestPart = Amount.Largest / 20 * 11 }, partner);
        await Forum.ProjectAsync("farm", TestForum.Money("main", 1000));
        await Forum.ProjectAsync("school", TestForum.Money("main", 1000) with { City = "lima" });
        await book.PledgeAsync("rome", 1000, "a", areas: Areas.Youth);
        await book.PledgeAsync("bern", 1000, "b", ToRwanda, areas: Areas.Youth);

        var done = await book.RebalanceAsync();
        Assert.Equal((RebalanceStatus.Done, 2, null), (done.Status, done.Moved, done.Failure));
        var view = (await Forum.Get<RebalanceQueries>().ViewAsync(done.Id, null, RebalanceBook.Stop)).Value;
        var (money, goods) = (view.Units.Single(unit => unit.Unit == "EUR"), view.Units.Single(unit => unit.Unit == "laptop"));
        Assert.Equal((true, null, "3600"), (money.Proven, money.Failure, money.After!.WeightedNeedMet));
        Assert.False(goods.Proven);
        Assert.Equal(goods.Before, goods.Optimum);
        Assert.Equal("Nothing of it was moved. A level of a component with smallest parts or caps is beyond 64 bits.", goods.Failure);
    }

    [Fact]
    public async Task Where_nothing_is_exchanged_a_need_that_lost_a_little_of_its_room_gets_nothing_instead_of_a_little_less()
    {
        await Forum.ProjectAsync("farm", TestForum.Money("main", 1000));
        await Forum.ProjectAsync("school", TestForum.Money("main", 1000) with { City = "lima" });
        var free = await book.PledgeAsync("rome", 1000, "a", areas: Areas.Youth);
        await book.PledgeAsync("bern", 1000, "b", ToRwanda, areas: Areas.Youth);
        var asked = false;
        Forum.Tables.BeforeCommit = async (table, _) =>
        {
            if (asked || table != TableNames.Ledger) return;
            asked = true;
            Forum.Switch();
            await book.PledgeAsync("acme", 8, "late", new Earmark(["school"], [], []));
            Forum.Switch();
        };
        var done = await book.RebalanceAsync();
        Forum.Tables.BeforeCommit = null;
        Assert.Equal((0, 2), (done.Moved, done.Skipped));
        Assert.Equal(800, (await book.PartsAsync(free))["farm/main in youth"]);
        await book.RebalanceToTheOptimumAsync("second");
    }

    /// <summary>
    /// A pledge that a school in youth declined, and that lies in youth and in culture. Its line in culture, which is first in order, knows of no
    /// decline; there it is in the way of a pledge that can serve nothing else.
    /// </summary>
    private async Task<string> DeclinedByTheSchoolAsync()
    {
        await Forum.ProjectAsync("farm", TestForum.Money("main", 1000, Areas.Culture));
        await Forum.ProjectAsync("school", TestForum.Money("main", 1000, Areas.Youth));
        var free = await book.PledgeAsync("rome", 2000, "a");
        await Forum.ProjectAsync("clinic", TestForum.Money("main", 1000, Areas.Youth));
        await Forum.Commands.DeclineAsync((await Forum.BalanceAsync(free)).Allocations.Single(part => part.ProjectId == "school").Id, "too far", "d", Caller.System, RebalanceBook.Stop);
        await Forum.SettleAsync();
        await book.PledgeAsync("bern", 1000, "b", areas: Areas.Culture);
        return free;
    }

    /// <summary>A circle in which each pledge lies at its neighbour's project, and would fit its own better.</summary>
    private async Task<IReadOnlyList<string>> CircleAsync(int length)
    {
        string NameOf(string kind, int i) => kind + (i % length).ToString("D3", CultureInfo.InvariantCulture);
        for (var i = 0; i < length; i++)
        {
            Forum.Catalogue.Cities[NameOf("c", i)] = new City(NameOf("c", i), NameOf("c", i), [], "RW", null, null, null, [], Situation.Peace);
            Forum.Partner(NameOf("p", i), city: NameOf("c", i));
        }

        var ids = new List<string>();
        for (var i = 0; i < length; i++)
        {
            await Forum.ProjectAsync(NameOf("n", i + 1), TestForum.Money("main", 1000) with { City = NameOf("c", i + 1) });
            ids.Add(await book.PledgeAsync(NameOf("p", i), 1000, "a", areas: Areas.Youth));
        }

        return ids;
    }
}
