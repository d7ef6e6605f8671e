using FundingFlow.Ledger;
using FundingFlow.Ledger.Rebalancing;
using FundingFlow.Money;
using FundingFlow.Projects;
using FundingFlow.Storage;
using FundingFlow.Tests.Simulation;

namespace FundingFlow.Tests.Unit.Ledger.Rebalancing;

using Unit = FundingFlow.Money.Unit;

/// <summary>Single steps of a rebalance, as no small Forum brings them about by itself.</summary>
public class RebalanceTransactionTests
{
    private const string Rebalance = "aaaaaaaaaaaaaaaa";
    private static readonly Unit Euro = Unit.Of(Currency.Of("EUR")), Dollar = Unit.Of(Currency.Of("USD"));
    private readonly RebalanceBook book = new();

    private TestForum Forum => book.Forum;

    [Theory]
    [InlineData(4, true)]
    [InlineData(3, false)]
    public async Task Of_an_exchanged_part_that_leaves_in_pieces_each_rounds_when_it_is_checked_as_when_it_is_made(int pieces, bool isMade)
    {
        Forum.Rates.Quote("USD", 0.8m);
        await Forum.ProjectAsync("farm", TestForum.Money("main", 7, currency: "USD"));
        var euros = await book.PledgeAsync("rome", 10, "a", areas: Areas.Youth);
        var dollars = await book.PledgeAsync("bern", 3, "b", currency: "USD", areas: Areas.Youth);
        var farm = new PartRef("farm", "main");
        Assert.Equal(new Placed(10, 7), (await Forum.BalanceAsync(euros)).Allocations.Single().Total);

        // 10 count 7: one after the other they free 0, 0, 0 and 1, though three at once would free 2. Two less than planned is a rounding, three are not.
        var made = await MakeAsync(Areas.Youth,
            [.. Enumerable.Range(0, pieces).Select(Release), new RebalanceMove(pieces, dollars, Dollar, Areas.Youth, null, Areas.Youth, farm, 3, 3, 0, "it is a test")]);
        Assert.Equal(isMade ? Enumerable.Range(0, pieces + 1) : [], made);
        Assert.Equal(isMade ? 10 - pieces : 10, (await book.PartsAsync(euros))["farm/main in youth"]);
        Assert.Equal(isMade ? 1 : 0, (await book.PartsAsync(dollars)).GetValueOrDefault("farm/main in youth"));
        await book.AuditAsync();

        RebalanceMove Release(int number) => new(number, euros, Euro, Areas.Youth, farm, Areas.Youth, null, 1, 0, 0, "it is a test");
    }

    [Fact]
    public async Task What_comes_to_one_part_of_a_pledge_with_a_smallest_part_comes_in_one_transaction()
    {
        var id = await Forum.SubmitAsync(TestForum.Pledge("rome", 1200, "EUR", Areas.Youth) with { SmallestPart = 100 }, "a");
        await Forum.SettleAsync();
        var moves = new List<RebalanceMove>();
        for (var i = 0; i < 11; i++) moves.Add(await MoveToAsync($"n{i:D2}", 100));
        // More moves than one transaction makes: it would end between these two.
        moves.Add(await MoveToAsync("school", 50));
        moves.Add(await MoveToAsync("school", 50));

        Assert.Equal(moves.Select(move => move.Number), await MakeAsync(null, moves));
        Assert.Equal(Enumerable.Repeat(100L, 12), (await book.PartsAsync(id)).Values);
        await book.AuditAsync();

        async Task<RebalanceMove> MoveToAsync(string project, long minor)
        {
            if (moves.TrueForAll(move => move.To!.ProjectId != project)) await Forum.ProjectAsync(project, TestForum.Money("main", 100));
            return new RebalanceMove(moves.Count, id, Euro, Areas.Youth, null, Areas.Youth, new PartRef(project, "main"), minor, minor, 0, "it is a test") { IsTogether = true };
        }
    }

    /// <summary>As whoever goes on with a rebalance that was planned.</summary>
    /// <returns>Numbers of the moves that were made.</returns>
    private async Task<IReadOnlyList<int>> MakeAsync(string? area, params IReadOnlyList<RebalanceMove> moves)
    {
        var planned = new RebalanceDocument(Rebalance, false, "staff", RebalanceStatus.Moving, Forum.Clock.GetUtcNow(), default, null) { Steps = 1, Planned = moves.Count };
        await Forum.Tables.CommitAsync(TableNames.Rebalances,
        [
            RowChange.Add(new Row(Rebalance, "rebalance", Wire.Write(planned))),
            RowChange.Add(new Row(Rebalance, "step|00000000", Wire.Write(new RebalanceStep(0, area, [moves])))),
        ], RebalanceBook.Stop);
        await Forum.Get<Rebalances>().ResumeAsync(Rebalance, RebalanceBook.Stop);
        var step = await book.StepRowsAsync(planned).SingleAsync(RebalanceBook.Stop);
        Assert.True(step.Done);
        return step.Made;
    }
}
