using System.Text;
using FundingFlow.Access;
using FundingFlow.Functions;
using FundingFlow.Interop.Imports;
using FundingFlow.Ledger;
using FundingFlow.Pledges;
using FundingFlow.Projects;
using FundingFlow.Storage;
using FundingFlow.Tests.Simulation;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace FundingFlow.Benchmarks;

/// <summary>The app on stores in memory that count, with a clock that moves when told. One thread; no network, no host.</summary>
internal sealed class MemoryForum : IAsyncDisposable
{
    private readonly InMemoryQueues queues;
    private readonly ServiceProvider services;

    /// <param name="around">Puts something around the tables.</param>
    public MemoryForum(Func<ITables, ITables>? around = null, params KeyValuePair<string, string?>[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("FundingFlow:Access:StaffKey", "a-staff-key-for-benchmarks-only"), .. settings]).Build();
        queues = new InMemoryQueues(Clock, Operations);
        ITables tables = new InMemoryTables(Operations);
        services = new ServiceCollection().AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance).AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddSingleton<TimeProvider>(Clock).AddSingleton(around is null ? tables : around(tables)).AddSingleton<IQueues>(queues)
            .AddSingleton<IBlobs>(new InMemoryBlobs(Operations)).AddSingleton<IConfiguration>(configuration)
            .AddFundingFlow(configuration).BuildServiceProvider();
    }

    public ManualClock Clock { get; } = new();

    /// <summary>On tables, queues and blobs together.</summary>
    public StorageOperations Operations { get; } = new();

    public IServiceProvider Services => services;

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    /// <summary>The oldest message of a queue that shows, taken out; null when there is none.</summary>
    public string? Take(string queue) => queues.List(queue).Count == 0 ? null : queues.TryReceive(queue)?.Body;

    /// <summary>Places everything that waits, and clears the entries of it.</summary>
    public async Task PlaceAsync(CancellationToken stop)
    {
        while (Take(QueueNames.PledgesSubmitted) is { } message) await Get<PledgeIngestion>().IngestAsync(message, stop);
        await Get<SubmittedLog>().FlushAsync(stop);
    }

    /// <summary>Change notices: sent, and dropped.</summary>
    public async Task DispatchAsync(CancellationToken stop)
    {
        foreach (var area in Areas.All) await Get<Outbox>().DispatchAsync(area, stop);
        while (Take(QueueNames.FundingChanged) is not null || Take(QueueNames.LinesToReopen) is not null) stop.ThrowIfCancellationRequested();
    }

    /// <summary>Pledges that come one by one: each is submitted and placed before the next one comes, the clock going on by <paramref name="between"/>.</summary>
    public async Task SubmitAndPlaceAsync(IEnumerable<KeyedRequest> pledges, TimeSpan between, CancellationToken stop)
    {
        foreach (var pledge in pledges)
        {
            await Scene.SubmitAsync(Services, pledge, stop);
            await Get<PledgeIngestion>().IngestAsync(Take(QueueNames.PledgesSubmitted)!, stop);
            Clock.Advance(between);
        }

        await Get<SubmittedLog>().FlushAsync(stop);
    }

    /// <summary>Pledges that come in one file, from the file to their places.</summary>
    public async Task ImportAndPlaceAsync(string csv, CancellationToken stop)
    {
        await Get<ImportSubmission>().SubmitAsync(new ImportUpload(ImportKind.Pledges, false, Encoding.UTF8.GetBytes(csv), null), null, Caller.System, stop);
        while (Take(QueueNames.ImportsToRun) is { } message) await Get<ImportRunner>().RunAsync(Wire.Read<RunImport>(message), stop);
        await PlaceAsync(stop);
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();
}

/// <summary>Stands still until told.</summary>
internal sealed class ManualClock : TimeProvider
{
    private DateTimeOffset now = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => now;

    public void Advance(TimeSpan by) => now += by;
}
