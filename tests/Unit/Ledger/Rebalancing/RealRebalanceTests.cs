using System.Diagnostics;
using FundingFlow.Interop.Imports;
using FundingFlow.Ledger;
using FundingFlow.Ledger.Audit;
using FundingFlow.Ledger.Rebalancing;
using FundingFlow.Money;
using FundingFlow.Partners;
using FundingFlow.Pledges;
using FundingFlow.Projects;
using FundingFlow.Storage;
using FundingFlow.Tests.Simulation;
using FundingFlow.Tests.Unit.Interop.Imports;

namespace FundingFlow.Tests.Unit.Ledger.Rebalancing;

using Unit = FundingFlow.Money.Unit;

/// <summary>
/// New York's participatory budgeting projects with the money of the Financial Tracking Service's donors as unearmarked pledges: how far
/// placing pledge by pledge stays behind the optimum, and that a rebalance reaches it. The files are not part of this repository.
/// </summary>
public sealed class RealRebalanceTests(ITestOutputHelper output) : IAsyncDisposable
{
    private const string Variable = "FUNDINGFLOW_REAL_DATA";
    private readonly AppInMemory app = new();

    /// <param name="projectsFirst">All projects are there before the first pledge; or both come in turns, as over the years.</param>
    /// <param name="percent">Of each pledge's amount: with less, the needs compete for it.</param>
    [Theory]
    [InlineData(true, 100)]
    [InlineData(true, 25)]
    [InlineData(false, 100)]
    [InlineData(false, 25)]
    public async Task Real_needs_and_real_money_come_to_the_optimum_exactly(bool projectsFirst, int percent)
    {
        var stop = TestContext.Current.CancellationToken;
        var (projects, pledges) = await ReadAsync(percent);
        var book = new RebalanceBook();
        book.Forum.Rates.Quote("USD", 1.0889m);
        await foreach (var partner in app.Get<IPartners>().AllAsync(stop)) book.Forum.Catalogue.Partners[partner.Id] = partner;
        var (next, every) = (0, projectsFirst ? projects.Count : Math.Max(1, projects.Count / pledges.Count));
        for (var i = 0; i < pledges.Count; i++)
        {
            for (; next < projects.Count && (next < every * (i + 1) || i == pledges.Count - 1); next++)
            {
                book.Forum.Catalogue.Projects[projects[next].Id] = projects[next];
                await book.Forum.Get<INeedLedger>().StateNeedsAsync(projects[next], "test", stop);
            }

            await book.Forum.SubmitAsync(pledges[i], $"fts{i}");
            await book.Forum.SettleAsync();
        }

        var clock = Stopwatch.StartNew();
        var done = await book.RebalanceAsync();
        var took = clock.Elapsed;
        var unit = Assert.Single(done.Units);
        Assert.Equal((RebalanceStatus.Done, 0), (done.Status, done.Skipped));
        Assert.Null(unit.Gap);
        Assert.Equal((unit.Planned.WeightedMet, unit.Planned.FitScore), (unit.After!.Value.WeightedMet, unit.After.Value.FitScore));
        var steps = await book.StepRowsAsync(done).Where(row => row.Number < done.Steps).DistinctBy(row => row.Number).ToListAsync(stop);
        output.WriteLine($"{projects.Count} projects, {pledges.Count} pledges of {percent} % of {pledges.Sum(p => p.Resource.Minor) / 100 / percent * 100:N0} USD, {(projectsFirst ? "projects first" : "in turns")}: "
            + $"weighted need met {Share(unit.Before.WeightedMet, unit.Need)} of all; online ÷ optimum {Share(unit.Before.WeightedMet, unit.Planned.WeightedMet)} before, {Share(unit.After.Value.WeightedMet, unit.Planned.WeightedMet)} after; "
            + $"fit online ÷ optimum {Share(unit.Before.FitScore, unit.Planned.FitScore)}; {done.Moved} moves in {steps.Count} steps ({steps.Count(step => step.Area is null)} over reserved room), "
            + $"{done.Parts} parts, at most {done.MostPartsOfOnePledge} of one pledge; solved in {unit.SolvedIn.TotalMilliseconds:N0} ms, all in {took.TotalSeconds:N1} s on the simulated store.");
        Assert.True((await new Auditor(book.Forum.Tables, book.Forum.Clock).RunAsync(stop)).IsClean);
        Assert.Equal(0, (await book.RebalanceAsync("again")).Planned);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static string Share(Int128 part, Int128 whole) => whole == 0 ? "1" : Decimals.Write((long)(part * 1_000_000 / whole), 6);

    private async Task<(List<Project> Projects, List<PledgeRequest> Pledges)> ReadAsync(int percent)
    {
        var stop = TestContext.Current.CancellationToken;
        await app.ImportAsync(ImportKind.Projects, await FileAsync("nyc-participatory-budgeting/projects_2012_2017.csv"), AppInMemory.Mapping("nyc-participatory-budgeting"));
        var projects = await app.Get<IProjects>().AllAsync(stop).ToListAsync(stop);
        await app.ImportAsync(ImportKind.Projects, await FileAsync("fts/requirements_afghanistan_2020.csv"), AppInMemory.Mapping("fts-requirements"));
        await app.ImportAsync(ImportKind.Pledges, await FileAsync("fts/flows_afghanistan_2020.csv"), AppInMemory.Mapping("fts-flows"));
        var (pledges, next) = (new List<PledgeRequest>(), (string?)null);
        do
        {
            var page = await app.Get<ITables>().PageAsync(TableNames.Pledges, null, 1000, next, stop);
            foreach (var pledge in page.Rows.Select(Wire.Read<Pledge>).Where(pledge => pledge.Stated is { Minor: > 100 }))
                pledges.Add(new PledgeRequest(pledge.PartnerId, new Resource(Unit.Of(Currency.Of("USD")), Math.Max(1, pledge.Stated!.Minor * percent / 100)), [], Earmark.None, [], null, Visibility.Public, pledge.Id));
            next = page.Continuation;
        }
        while (next is not null);
        return (projects, [.. pledges.OrderBy(pledge => PledgeId.Short(pledge.Reference!), StringComparer.Ordinal)]);
    }

    private static async Task<byte[]> FileAsync(string file)
    {
        var folder = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipWhen(string.IsNullOrEmpty(folder), $"Skipped: set {Variable} to the folder that holds {file}.");
        return await File.ReadAllBytesAsync(Path.Combine(folder!, file), TestContext.Current.CancellationToken);
    }
}
