using FundingFlow.Access;
using FundingFlow.Cities;
using FundingFlow.Ledger;
using FundingFlow.Ledger.Conditions;
using FundingFlow.Money;
using FundingFlow.Partners;
using FundingFlow.Pledges;
using FundingFlow.Pledges.Commands;
using FundingFlow.Projects;
using FundingFlow.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FundingFlow.Tests.Simulation;

using Unit = FundingFlow.Money.Unit;

/// <summary>The real Ledger, Matching and Pledges rooms on stores in memory, with a catalogue that a test fills by hand.</summary>
public sealed class TestForum
{
    public static readonly DateTimeOffset Start = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);

    private readonly TestLog log = new();
    private readonly ITables seen;
    private ServiceProvider services;
    private ServiceProvider? other;

    private readonly Dictionary<string, string?> settings;

    /// <param name="between">Stands between the rooms and the tables, as a mistake in the ledger would.</param>
    /// <param name="settings">As in the configuration: <c>FundingFlow:Matching:SharePercent</c>.</param>
    public TestForum(string reporting = "EUR", Func<ITables, ITables>? between = null, params (string Key, string Value)[] settings)
    {
        this.settings = settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value);
        Tables = new InMemoryTables();
        seen = between is null ? Tables : between(Tables);
        Queues = new InMemoryQueues(Clock);
        Catalogue = new TestCatalogue();
        Rates = new TestRates(reporting);
        Reporting = reporting;
        services = Worker();
    }

    public string Reporting { get; }

    /// <summary>Failures that the rooms logged and went on after.</summary>
    public IReadOnlyCollection<Exception> Logged => log.Failures;

    /// <summary>A new worker over the same stores: what the old one had in memory is gone, as after a crash.</summary>
    public void Restart()
    {
        services.Dispose();
        services = Worker();
    }

    /// <summary>What workers that are started from now on read of the configuration.</summary>
    public void Set(string key, string? value) => settings[key] = value;

    /// <summary>Goes on with the other of two workers, each with a memory of its own.</summary>
    public void Switch() => (services, other) = (other ?? Worker(), services);

    private ServiceProvider Worker()
        => new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton(seen)
            .AddSingleton<IQueues>(Queues)
            .AddSingleton<IPartners>(Catalogue)
            .AddSingleton<ICities>(Catalogue)
            .AddSingleton<IProjects>(Catalogue)
            .AddSingleton<IRates>(Rates)
            .AddSingleton(log)
            .AddSingleton(typeof(ILogger<>), typeof(TestLogger<>))
            .AddOptions()
            .Configure<FundingFlowOptions>(options => options.ReportingCurrency = Reporting)
            .AddLedger()
            .AddPledges()
            .BuildServiceProvider();

    public TestClock Clock { get; } = new(Start);
    public InMemoryTables Tables { get; }
    public InMemoryQueues Queues { get; }
    public TestCatalogue Catalogue { get; }
    public TestRates Rates { get; }
    public ILedgerReader Reader => Get<ILedgerReader>();
    public PledgeCommands Commands => Get<PledgeCommands>();

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    public Partner Partner(string id, Sector sector = Sector.Public, string? city = null)
    {
        var partner = new Partner(id, id, sector, city, null, []);
        Catalogue.Partners[id] = partner;
        return partner;
    }

    public async Task<Project> ProjectAsync(string id, params Need[] needs)
    {
        var project = new Project(id, id, "kigali", "RW", needs[0].Area, "EUR", null, null, null, [], needs, []);
        Catalogue.Projects[id] = project;
        await Get<INeedLedger>().StateNeedsAsync(project, "test", Stop);
        return project;
    }

    public static Need Money(string id, long minor, string area = Areas.Youth, long? minimum = null, string currency = "EUR")
        => new(id, Unit.Of(Currency.Of(currency)), minor, minimum, area, "kigali");

    public static PledgeRequest Pledge(string partner, long minor, string currency = "EUR", params string[] areas)
        => new(partner, new Resource(Unit.Of(Currency.Of(currency)), minor), [.. areas.Select(area => new AreaShare(area))], Earmark.None, [], null, Visibility.Public, null);

    public async Task<string> SubmitAsync(PledgeRequest request, string key)
    {
        var outcome = await Get<IPledgeIntake>().SubmitAsync(request, key, Caller.System, Stop);
        Assert.True(outcome.Refusal is null, outcome.Refusal?.Detail);
        return outcome.Value.Id;
    }

    /// <summary>Submits and takes everything from the queues until they are empty.</summary>
    public async Task<PledgeBalance> PlaceAsync(PledgeRequest request, string key)
    {
        var id = await SubmitAsync(request, key);
        await SettleAsync();
        return await BalanceAsync(id);
    }

    /// <summary>Runs the queue functions and the dispatcher until nothing is left to do.</summary>
    public async Task SettleAsync()
    {
        for (var busy = true; busy;)
        {
            busy = false;
            while (Queues.TryReceive(QueueNames.PledgesSubmitted) is { } pledge)
            {
                await Get<PledgeIngestion>().IngestAsync(pledge.Body, Stop);
                busy = true;
            }

            foreach (var area in Areas.All.Append(Areas.Any)) await Get<Outbox>().DispatchAsync(area, Stop);
            while (Queues.TryReceive(QueueNames.FundingChanged) is { } changed)
            {
                await Get<ConditionSettling>().SettleAsync(Wire.Read<FundingChanged>(changed.Body), Stop);
                busy = true;
            }

            while (Queues.TryReceive(QueueNames.LinesToReopen) is { } reopen)
            {
                await Get<LineReopening>().RunAsync(reopen.Body, Stop);
                busy = true;
            }
        }
    }

    public async Task<PledgeBalance> BalanceAsync(string pledgeId)
        => await Get<PledgeBooks>().ReadAsync((await Get<PledgeStore>().FindAsync(pledgeId, Stop))!.Value, Stop);

    public async Task<Position> PositionAsync(string area, string project, string need)
        => (await Reader.PositionsAsync(area, Stop)).Single(position => position.ProjectId == project && position.NeedId == need);

    /// <summary>Conservation per line and per pledge, positions equal to their parts, and a journal that replays to the same.</summary>
    public async Task AssertBooksAsync(bool mayOverfill = false)
    {
        foreach (var area in Areas.All.Append(Areas.Any))
        {
            var parts = new List<Allocation>();
            await foreach (var row in Tables.PrefixAsync(TableNames.Ledger, area, "part|", Stop)) parts.Add(Wire.Read<Allocation>(row));
            await foreach (var line in Reader.LinesAsync(area, Stop))
            {
                var own = parts.Where(part => part.PledgeId == line.PledgeId).ToList();
                Assert.Equal(line.Amount + line.MovedIn, line.Unallocated + own.Sum(part => part.Total.Minor) + line.Withdrawn + line.WrittenOff + line.MovedOut);
                Assert.True(line.Unallocated >= 0);
                Assert.Equal(own.Select(part => (part.ProjectId, part.NeedId)).Order(), line.Parts.Select(part => (part.ProjectId, part.NeedId)).Order());
                var postings = (await Reader.HistoryAsync(area, line.PledgeId, Stop)).SelectMany(entry => entry.Postings).ToList();
                Assert.Equal(0, postings.Sum(posting => posting.Minor));
                Assert.Equal(line.Unallocated, Sum(postings, Account.Unallocated));
                Assert.Equal(line.Withdrawn, Sum(postings, Account.Withdrawn));
                Assert.Equal(own.Sum(part => part.Proposed.Minor), Sum(postings, Account.Proposed));
                Assert.Equal(own.Sum(part => part.Conditional.Minor), Sum(postings, Account.Conditional));
                Assert.Equal(own.Sum(part => part.Committed.Minor), Sum(postings, Account.Committed));
                Assert.Equal(own.Sum(part => part.Received.Minor), Sum(postings, Account.Received));
            }

            foreach (var position in await Reader.PositionsAsync(area, Stop))
            {
                var here = parts.Where(part => part.ProjectId == position.ProjectId && part.NeedId == position.NeedId).ToList();
                Assert.Equal(position.Proposed, here.Sum(part => part.Proposed.Value));
                Assert.Equal(position.Conditional, here.Sum(part => part.Conditional.Value));
                Assert.Equal(position.Committed, here.Sum(part => part.Committed.Value));
                Assert.Equal(position.Received, here.Sum(part => part.Received.Value));
                if (!mayOverfill) Assert.True(position.Filled <= position.Required, $"{position.Ref} is filled above its requirement");
            }
        }
    }

    private static long Sum(IEnumerable<Posting> postings, Account account) => postings.Where(posting => posting.Account == account).Sum(posting => posting.Minor);
}
