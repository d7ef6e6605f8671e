using System.Text;
using FundingFlow.Access;
using FundingFlow.Functions;
using FundingFlow.Interop.Imports;
using FundingFlow.Ledger;
using FundingFlow.Pledges;
using FundingFlow.Storage;
using FundingFlow.Tests.Simulation;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FundingFlow.Tests.Unit.Interop.Imports;

/// <summary>Everything as the hosts compose it, on a simulated store; queues are worked off when asked.</summary>
internal sealed class AppInMemory : IAsyncDisposable
{
    public const string StaffKey = "a-staff-key-for-tests-only";
    public static readonly Caller Staff = new("staff", Role.Staff, [], [], []);
    private readonly ServiceProvider services;
    private readonly InMemoryQueues queues;

    public AppInMemory()
    {
        queues = new InMemoryQueues(operations: Operations);
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("FundingFlow:Access:StaffKey", StaffKey)]).Build();
        var collection = new ServiceCollection().AddLogging()
            .AddSingleton<ITables>(new InMemoryTables(Operations)).AddSingleton<IQueues>(queues).AddSingleton<IBlobs>(new InMemoryBlobs(Operations))
            .AddSingleton<IConfiguration>(configuration);
        services = collection.AddFundingFlow(configuration).BuildServiceProvider();
    }

    public IServiceProvider Services => services;

    /// <summary>On tables, queues and blobs together.</summary>
    public StorageOperations Operations { get; } = new();

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    /// <summary>Submits, and runs to the end.</summary>
    public async Task<ImportView> ImportAsync(
        ImportKind kind, string csv, string? mapping = null, bool dryRun = false, string? key = null, Caller? caller = null)
        => await ImportAsync(kind, Encoding.UTF8.GetBytes(csv), mapping is null ? null : Encoding.UTF8.GetBytes(mapping), dryRun, key, caller);

    public async Task<ImportView> ImportAsync(
        ImportKind kind, byte[] csv, byte[]? mapping, bool dryRun = false, string? key = null, Caller? caller = null)
    {
        var stop = TestContext.Current.CancellationToken;
        var import = (await Get<ImportSubmission>().SubmitAsync(new ImportUpload(kind, dryRun, csv, mapping), key, caller ?? Staff, stop)).Value;
        while (queues.TryReceive(QueueNames.ImportsToRun) is { } message) await Get<ImportRunner>().RunAsync(Wire.Read<RunImport>(message.Body), stop);
        return (await Get<ImportReports>().ViewAsync(import.Id, caller ?? Staff, stop)).Value;
    }

    /// <summary>Places what was submitted.</summary>
    public async Task PlaceAsync()
    {
        var stop = TestContext.Current.CancellationToken;
        while (queues.TryReceive(QueueNames.PledgesSubmitted) is { } message) await Get<PledgeIngestion>().IngestAsync(message.Body, stop);
        while (queues.TryReceive(QueueNames.LinesToReopen) is { } message) await Get<LineReopening>().RunAsync(message.Body, stop);
    }

    public static byte[] Mapping(string name) => File.ReadAllBytes(Path.Combine(Repository.Root, "samples", "mappings", name + ".json"));

    public ValueTask DisposeAsync() => services.DisposeAsync();
}
