using System.Globalization;
using FundingFlow.Interop.Imports;
using FundingFlow.Pledges;
using FundingFlow.Projects;
using FundingFlow.Storage;
using FundingFlow.Sustainability.Gaps;

namespace FundingFlow.Tests.Unit.Interop.Imports;

/// <summary>The sample mappings on the whole files that they were written for, which are not part of this repository.</summary>
public sealed class RealDataTests : IAsyncDisposable
{
    private const string Variable = "FUNDINGFLOW_REAL_DATA";
    private readonly AppInMemory app = new();

    [Theory]
    [InlineData("nyc-participatory-budgeting/projects_2012_2017.csv", "nyc-participatory-budgeting", 1491, 1480, 11)]
    [InlineData("pabulib/projects_aarau.csv", "pabulib-aarau", 33, 33, 0)]
    [InlineData("fts/requirements_afghanistan_2020.csv", "fts-requirements", 2, 2, 0)]
    public async Task Every_good_project_goes_in_and_comes_again_unchanged(string file, string mapping, int rows, int accepted, int refused)
    {
        var csv = await ReadAsync(file);
        var first = await app.ImportAsync(ImportKind.Projects, csv, AppInMemory.Mapping(mapping), key: "first");
        var second = await app.ImportAsync(ImportKind.Projects, csv, AppInMemory.Mapping(mapping), key: "second");
        Assert.Equal((rows, accepted, 0, refused), (first.Rows, first.Accepted, first.Unchanged, first.Refused));
        Assert.Equal((accepted, accepted), (second.Accepted, second.Unchanged));
        Assert.Equal(accepted, await app.Get<IProjects>().AllAsync(TestContext.Current.CancellationToken).CountAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_flows_add_up_to_the_known_answers()
    {
        var (plans, flows) = (await ReadAsync("fts/requirements_afghanistan_2020.csv"), await ReadAsync("fts/flows_afghanistan_2020.csv"));
        await app.ImportAsync(ImportKind.Projects, plans, AppInMemory.Mapping("fts-requirements"));
        var first = await app.ImportAsync(ImportKind.Pledges, flows, AppInMemory.Mapping("fts-flows"), key: "first");
        var second = await app.ImportAsync(ImportKind.Pledges, flows, AppInMemory.Mapping("fts-flows"), key: "second");

        Assert.Equal((328, 310, 0, 18), (first.Rows, first.Accepted, first.Unchanged, first.Refused));
        Assert.Equal((310, 310), (second.Accepted, second.Unchanged));
        var stored = await PledgesAsync();
        Assert.Equal(310, stored.Count);
        Assert.Equal(56_444_774_800, Stated(stored, "fts-plan-929"));
        Assert.Equal(1_500_000_000, Stated(stored, "fts-plan-1006"));
        Assert.Equal(17_466_986_300, Stated(stored, null));
        Assert.All(stored, pledge => Assert.Equal(pledge.Earmark.Projects.Count == 0, pledge.Hold));

        await app.PlaceAsync();
        var gaps = (await app.Get<GapsReader>().ReadAsync("project", null, TestContext.Current.CancellationToken)).Value;
        Assert.Equal([("fts-plan-1006", 15_000_000m), ("fts-plan-929", 564_447_748m)],
            gaps.Rows.Select(row => (row.Key, Amount(row.Committed) + Amount(row.Received))).Order());
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static decimal Amount(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    private static long Stated(IEnumerable<Pledge> pledges, string? project)
        => pledges.Where(pledge => pledge.Earmark.Projects.SequenceEqual(project is null ? [] : [project]) && pledge.Status != StatedStatus.Pledge).Sum(pledge => pledge.Stated!.Minor);

    private async Task<List<Pledge>> PledgesAsync()
    {
        var pledges = new List<Pledge>();
        string? next = null;
        do
        {
            var page = await app.Get<ITables>().PageAsync(TableNames.Pledges, null, 1000, next, TestContext.Current.CancellationToken);
            pledges.AddRange(page.Rows.Select(Wire.Read<Pledge>));
            next = page.Continuation;
        }
        while (next is not null);
        return pledges;
    }

    private static async Task<byte[]> ReadAsync(string file)
    {
        var folder = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipWhen(string.IsNullOrEmpty(folder), $"Skipped: set {Variable} to the folder that holds {file}.");
        return await File.ReadAllBytesAsync(Path.Combine(folder!, file), TestContext.Current.CancellationToken);
    }
}
