using Azure.Core.Pipeline;
using FundingFlow.Functions;
using FundingFlow.Functions.Ledger;
using FundingFlow.Functions.Pledges;
using FundingFlow.Local.Hosting;
using FundingFlow.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace FundingFlow.Benchmarks;

/// <summary>
/// The app on a storage account, composed as both hosts compose it, and the Functions host's own queue listener in front of either
/// IngestPledge or a handler that does nothing. The dispatcher, which is part of the way of a pledge, runs with it.
/// </summary>
internal sealed class Worker : IAsyncDisposable
{
    private readonly string connection;
    private readonly ServiceProvider services;
    private readonly RequestCounts counts;
    private IHostedService? dispatcher;
    private QueueFunctions? listener;

    /// <param name="settings">Beside the storage and a staff key.</param>
    public Worker(string connection, params KeyValuePair<string, string?>[] settings)
    {
        this.connection = connection;
        counts = new RequestCounts(connection);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            [new("AzureWebJobsStorage", connection), new("FundingFlow:Access:StaffKey", "a-staff-key-for-benchmarks-only"), .. settings]).Build();
        services = new ServiceCollection().AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance).AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddSingleton<IConfiguration>(configuration)
            .AddSingleton<HttpPipelinePolicy>(counts)
            .AddSingleton<Handled>()
            .AddFundingFlow(configuration)
            .BuildServiceProvider();
    }

    public IServiceProvider Services => services;

    public RequestCounts Requests => counts;

    public Handled Handled => Get<Handled>();

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    /// <summary>Begins to take messages.</summary>
    public async Task ListenAsync(bool empty, CancellationToken stop)
    {
        listener = new QueueFunctions(FunctionCatalog.Of([empty ? typeof(EmptyHandler) : typeof(CountedIngestion)]), services, Get<IConfiguration>(),
            new QueueFunctionsOptions(connection, await File.ReadAllTextAsync(HostJson.PathOf(FunctionsHost.FunctionsAssembly), stop)), NullLoggerFactory.Instance);
        dispatcher = services.GetServices<IHostedService>().OfType<Dispatcher>().Single();
        if (!empty) await dispatcher.StartAsync(stop);
        await listener.StartAsync(stop);
    }

    public async Task StopListeningAsync()
    {
        if (listener is null) return;
        await listener.StopAsync(CancellationToken.None);
        listener.Dispose();
        listener = null;
        await dispatcher!.StopAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await StopListeningAsync();
        await services.DisposeAsync();
    }
}

/// <summary>The floor: what the listener alone does with a message.</summary>
public sealed class EmptyHandler(Handled handled)
{
    [Function("Empty")]
    public void Run([QueueTrigger(QueueNames.PledgesSubmitted)] string message) => handled.One();
}

/// <summary>The app's own function, and one more when it is done.</summary>
public sealed class CountedIngestion(FundingFlow.Pledges.PledgeIngestion ingestion, Handled handled)
{
    [Function("IngestPledge")]
    public async Task RunAsync([QueueTrigger(QueueNames.PledgesSubmitted)] string message, CancellationToken stop)
    {
        await new IngestPledge(ingestion).RunAsync(message, stop);
        handled.One();
    }
}
