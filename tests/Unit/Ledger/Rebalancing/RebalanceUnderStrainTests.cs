using FundingFlow.Access;
using FundingFlow.Cities;
using FundingFlow.Ledger;
using FundingFlow.Ledger.Rebalancing;
using FundingFlow.Matching;
using FundingFlow.Money;
using FundingFlow.Partners;
using FundingFlow.Pledges;
using FundingFlow.Projects;
using FundingFlow.Storage;
using FundingFlow.Tests.Simulation;

namespace FundingFlow.Tests.Unit.Ledger.Rebalancing;

using Unit = FundingFlow.Money.Unit;

/// <summary>A rebalance among crashes, arrivals and made-up books.</summary>
public class RebalanceUnderStrainTests
{
    private static readonly string[] AreaSlugs = [Areas.Youth, Areas.Sport, Areas.Culture];
    private static readonly string[] CityIds = ["kigali", "lima", "nablus", "goma"];

    [Fact]
    public async Task After_a_crash_at_any_write_the_books_are_whole_and_the_rest_is_made()
    {
        for (var (write, crashed) = (1, true); crashed; write++)
        {
            foreach (var after in new[] { false, true })
            {
                var book = new RebalanceBook();
                await FillAsync(book, 7);
                crashed = await CrashAtAsync(book, write, after);
                book.Forum.Restart();
                await book.AuditAsync();
                book.Forum.Clock.Advance(TimeSpan.FromMinutes(20));
                await ResumeAsync(book);
                await book.AuditAsync();
                await AssertNothingKeptAsync(book);
                await book.RebalanceToTheOptimumAsync("after all");
            }
        }
    }

    [Fact]
    public async Task Without_anybody_to_resume_it_the_timer_places_what_it_left_under_way()
    {
        for (var (write, crashed) = (1, true); crashed; write++)
        {
            var book = new RebalanceBook();
            await FillAsync(book, 7);
            crashed = await CrashAtAsync(book, write, after: true);
            book.Forum.Restart();
            book.Forum.Clock.Advance(TimeSpan.FromMinutes(20));
            await book.Forum.Get<LineReopening>().AllAsync(RebalanceBook.Stop);
            await book.AuditAsync();
            await AssertNothingKeptAsync(book);
        }
    }

    [Fact]
    public async Task Pledges_that_arrive_and_are_confirmed_in_between_leave_every_need_within_its_requirement()
    {
        for (var seed = 1; seed <= 12; seed++)
        {
            var book = new RebalanceBook();
            var ids = await FillAsync(book, seed);
            var random = new Random(seed);
            var (busy, arrivals) = (false, 0);
            book.Forum.Tables.BeforeCommit = async (table, _) =>
            {
                if (busy || table != TableNames.Ledger || random.Next(3) > 0) return;
                busy = true;
                book.Forum.Switch();
                if (random.Next(2) == 0) await book.PledgeAsync("acme", random.Next(1, 900), $"late{arrivals++}", areas: random.Next(2) == 0 ? [] : [AreaSlugs[random.Next(3)]]);
                else if (random.Next(2) == 0) await book.Forum.Commands.ConfirmAsync(ids[random.Next(ids.Count)], null, $"c{arrivals++}", Caller.System, RebalanceBook.Stop);
                else await book.Forum.Commands.WithdrawAsync(ids[random.Next(ids.Count)], $"w{arrivals++}", Caller.System, RebalanceBook.Stop);
                await book.AuditAsync();
                book.Forum.Switch();
                busy = false;
            };
            var done = await book.RebalanceAsync();
            book.Forum.Tables.BeforeCommit = null;
            Assert.Equal((RebalanceStatus.Done, done.Planned), (done.Status, done.Moved + done.Skipped));
            await book.Forum.SettleAsync();
            await book.AuditAsync();
            await AssertNothingKeptAsync(book);
            // What was skipped a second one repairs.
            await book.RebalanceToTheOptimumAsync("second");
        }
    }

    [Fact]
    public async Task One_runs_at_a_time()
    {
        var book = new RebalanceBook();
        await FillAsync(book, 7);
        FundingFlow.Validation.Refusal? refused = null;
        var asked = false;
        book.Forum.Tables.BeforeCommit = async (table, _) =>
        {
            if (asked || table != TableNames.Ledger) return;
            asked = true;
            refused = (await book.Forum.Get<Rebalances>().RunAsync("other", false, "staff", RebalanceBook.Stop)).Refusal;
            Assert.Equal(RebalanceStatus.Moving, (await book.RebalanceAsync()).Status);
        };
        var done = await book.RebalanceAsync();
        Assert.True(done.Moved > 0);
        Assert.Equal(FundingFlow.Validation.RefusalKind.Conflict, refused!.Kind);
        Assert.Contains($"GET /api/rebalances/{done.Id}", refused.Detail, StringComparison.Ordinal);
        book.Forum.Tables.BeforeCommit = null;
        Assert.Equal(RebalanceStatus.Done, (await book.RebalanceAsync("other")).Status);
    }

    [Fact]
    public async Task Whatever_the_books_a_rebalance_reaches_the_optimum_exactly_and_a_second_moves_nothing()
    {
        var moved = 0;
        for (var seed = 1; seed <= 60; seed++)
        {
            var book = new RebalanceBook();
            await FillAsync(book, seed);
            try
            {
                moved += (await book.RebalanceToTheOptimumAsync()).Moved;
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"Seed {seed}: {failure.Message}", failure);
            }
        }

        Assert.True(moved > 300, $"Too little to do: {moved} moves.");
    }

    [Fact]
    public async Task In_several_currencies_no_need_overfills_nothing_is_lost_and_a_second_moves_nothing()
    {
        var (moved, currencies) = (0, new[] { "EUR", "USD", "RWF", "KWD", "JPY", "GBP" });
        for (var seed = 1; seed <= 60; seed++)
        {
            var book = new RebalanceBook();
            foreach (var (currency, rate) in currencies.Zip([1m, 1.0889m, 1_612.37m, 0.3347m, 161.62m, 0.8414m]).Skip(1)) book.Forum.Rates.Quote(currency, rate);
            await FillAsync(book, seed, units: [.. currencies.Select(currency => Unit.Of(Currency.Of(currency)))]);
            try
            {
                moved += (await book.RebalanceToTheOptimumAsync()).Moved;
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"Seed {seed}: {failure.Message}", failure);
            }
        }

        Assert.True(moved > 300, $"Too little to do: {moved} moves.");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Share_caps_and_smallest_parts_hold_and_nothing_is_worse_after(bool smallestParts)
    {
        var (moved, skipped, reached) = (0, 0, 0);
        for (var seed = 1; seed <= 40; seed++)
        {
            var book = new RebalanceBook();
            book.Forum.Get<PlacingPolicy>().SharePercent = 60;
            await FillAsync(book, seed, smallestParts);
            var done = await book.RebalanceAsync();
            Assert.Equal(RebalanceStatus.Done, done.Status);
            await book.AuditAsync();
            await AssertNothingKeptAsync(book);
            Assert.All(done.Units, unit => Assert.True((unit.After!.Value.WeightedMet, unit.After.Value.FitScore).CompareTo((unit.Before.WeightedMet, unit.Before.FitScore)) >= 0,
                $"Seed {seed}: {unit.Before} → {unit.Planned}, reached {unit.After}, {done.Skipped} of {done.Planned} skipped."));
            (moved, skipped) = (moved + done.Moved, skipped + done.Skipped);
            if (done.Units.All(unit => unit.After!.Value.WeightedMet == unit.Planned.WeightedMet && unit.After.Value.FitScore == unit.Planned.FitScore)) reached++;
        }

        Assert.True(moved > 100 && reached >= 36, $"{moved} moves, {skipped} skipped, {reached} of 40 reached the plan.");
    }

    [Fact]
    public async Task The_same_books_give_the_same_moves()
    {
        var texts = new List<string>();
        foreach (var _ in Enumerable.Range(0, 2))
        {
            var book = new RebalanceBook();
            await FillAsync(book, 3);
            texts.Add(Wire.Write(await book.MovesAsync(await book.RebalanceAsync(dryRun: true), made: false)));
        }

        Assert.Equal(texts[0], texts[1]);
        Assert.Contains("pledgeId", texts[0], StringComparison.Ordinal);
    }

    /// <summary>Books that were filled one pledge after the other while needs came and grew: money, goods and hours, each in one unit.</summary>
    private static async Task<IReadOnlyList<string>> FillAsync(RebalanceBook book, int seed, bool smallestParts = false, params Unit[] units)
    {
        var random = new Random(seed);
        foreach (var (id, situation) in CityIds.Zip([Situation.Peace, Situation.Peace, Situation.Conflict, Situation.Conflict]))
            book.Forum.Catalogue.Cities[id] = new City(id, id, [], id == "lima" ? "PE" : id == "goma" ? "CD" : "RW", null, null, null, [], situation);
        foreach (var (partner, city) in new[] { ("rome", "lima"), ("bern", "kigali"), ("acme", "goma") })
            book.Forum.Catalogue.Partners[partner] = book.Forum.Partner(partner, (Sector)random.Next(3), city) with { Interests = [AreaSlugs[random.Next(3)]] };
        if (units.Length == 0) units = [Unit.Of(Currency.Of("EUR")), Unit.Of(Currency.Of("EUR")), Unit.Goods("laptop", "piece", 0)];
        var ids = new List<string>();
        for (var step = 0; step < 26; step++)
        {
            if (step % 3 == 0)
            {
                var unit = units[random.Next(units.Length)];
                var need = new Need("main", unit, random.Next(1, 1500), random.Next(2) == 0 ? 100 : null, AreaSlugs[random.Next(3)], CityIds[random.Next(4)]);
                await book.Forum.ProjectAsync($"project{step:D2}", need);
            }

            var request = new PledgeRequest(new[] { "rome", "bern", "acme" }[random.Next(3)], new Resource(units[random.Next(units.Length)], random.Next(1, 900)),
                [.. AreaSlugs.OrderBy(_ => random.Next()).Take(Math.Max(0, random.Next(-1, 3))).Select(area => new AreaShare(area))],
                random.Next(6) switch
                {
                    0 => new Earmark([], [CityIds[random.Next(4)]], []),
                    1 => new Earmark([], [], [new[] { "RW", "PE", "CD" }[random.Next(3)]]),
                    _ => Earmark.None,
                }, [], null, Visibility.Public, null);
            if (smallestParts && step % 3 == 0) request = request with { SmallestPart = Math.Min(request.Resource.Minor, 150) };
            ids.Add(await book.Forum.SubmitAsync(request, $"k{step}"));
            await book.Forum.SettleAsync();
            if (random.Next(8) == 0) await book.Forum.Commands.ConfirmAsync(ids[^1], null, $"c{step}", Caller.System, RebalanceBook.Stop);
        }

        return ids;
    }

    /// <returns>Whether there was such a write.</returns>
    private static async Task<bool> CrashAtAsync(RebalanceBook book, int write, bool after)
    {
        var faults = new Faults(book.Forum);
        faults.Arm(after ? Fault.CrashAfter : Fault.CrashBefore, write);
        try
        {
            await book.Forum.Get<Rebalances>().RunAsync("now", false, "staff", RebalanceBook.Stop);
        }
        catch (SimulatedFaultException)
        {
            return true;
        }
        finally
        {
            faults.Arm(null, 0);
        }

        return false;
    }

    /// <summary>As the queue's trigger does with what was sent before the crash.</summary>
    private static async Task ResumeAsync(RebalanceBook book)
    {
        while (book.Forum.Queues.TryReceive(QueueNames.RebalancesToRun) is { } message)
        {
            await book.Forum.Get<Rebalances>().ResumeAsync(Wire.Read<RunRebalance>(message.Body).Id, RebalanceBook.Stop);
            book.Forum.Clock.Advance(TimeSpan.FromMinutes(6));
        }

        // What no message was left for, its caller asks for again.
        Assert.True((await book.RebalanceAsync()).IsFinished);
    }

    private static async Task AssertNothingKeptAsync(RebalanceBook book)
    {
        foreach (var area in Areas.All.Append(Areas.Any))
        {
            Assert.All(await book.Forum.Reader.PositionsAsync(area, RebalanceBook.Stop), need => Assert.Null(need.Reservations));
            await foreach (var line in book.Forum.Reader.LinesAsync(area, RebalanceBook.Stop))
            {
                Assert.Null(line.Parked);
                Assert.All(line.Sendings, sending => Assert.True(sending.Done));
            }
        }
    }
}
