using System.Net;
using System.Net.Sockets;
using FundingFlow.Functions;
using FundingFlow.Local.Azurite;
using FundingFlow.Local.Mailbox;
using FundingFlow.Local.Samples;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FundingFlow.Local.Hosting;

/// <summary>
/// The whole system on one machine. Started from the storage upwards and stopped in the other order: first what takes work in,
/// then the work in hand, then the mailbox, last Azurite.
/// </summary>
public sealed class LocalHost : IAsyncDisposable
{
    private readonly AzuriteServer? azurite;
    private readonly MailboxServer mailbox;
    private readonly WebApplication app;
    private readonly bool samples;

    private LocalHost(DataFolder data, AzuriteServer? azurite, MailboxServer mailbox, WebApplication app, LocalSettings settings, bool samples)
    {
        (Data, this.azurite, this.mailbox, this.app, this.samples) = (data, azurite, mailbox, app, samples);
        Url = settings.Url;
        StorageConnectionString = settings.Storage;
        StaffKey = app.Configuration[LocalSettings.StaffKeyName]!;
    }

    public DataFolder Data { get; }

    /// <summary>Without a slash at the end.</summary>
    public string Url { get; }

    public string StaffKey { get; }

    public string StorageConnectionString { get; }

    public IServiceProvider Services => app.Services;

    /// <param name="progress">Told of what takes long.</param>
    /// <param name="configure">Registers more services, after those of the app; for tests.</param>
    /// <exception cref="PortTakenException">Another program listens on the port.</exception>
    /// <exception cref="AzuriteUnavailableException">No storage was given and no Azurite can be had.</exception>
    public static async Task<LocalHost> StartAsync(
        LocalHostOptions options, TimeProvider clock, Action<string>? progress = null,
        Action<IServiceCollection>? configure = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var port = FreePort(options.Port);
        var data = new DataFolder(options.DataFolder);
        var storage = options.Storage ?? Environment.GetEnvironmentVariable(LocalSettings.StorageName);
        var azurite = storage is null ? await AzuriteServer.StartAsync(data.Path, progress: progress, stop: stop) : null;
        MailboxServer? mailbox = null;
        try
        {
            LocalSettings settings;
            using (await data.LockAsync(stop))
            {
                mailbox = MailboxServer.Start(data.Mailbox, clock, data.MailPort);
                if (data.MailPort is null)
                    data.KeepMailPort(mailbox.Port);
                settings = new LocalSettings(port, storage ?? azurite!.ConnectionString, mailbox.Port, data.StaffKey());
            }

            var app = Build(settings, clock, configure);
            app.UseFunctions();
            app.MapMailbox(mailbox.Store);
            app.MapGet("/", () => Microsoft.AspNetCore.Http.Results.Redirect("/dashboard"));
            await StartAsync(app, port, stop);
            return new LocalHost(data, azurite, mailbox, app, settings, options.Samples);
        }
        catch
        {
            if (mailbox is not null)
                await mailbox.DisposeAsync();
            if (azurite is not null)
                await azurite.DisposeAsync();
            throw;
        }
    }

    public async Task LoadSamplesAsync(Action<string> progress)
    {
        if (!samples)
            return;
        foreach (var set in app.Services.GetServices<ISamples>())
            await set.LoadAsync(this, progress, app.Lifetime.ApplicationStopping);
    }

    /// <summary>Until Ctrl-C or SIGTERM.</summary>
    public async Task WaitForStopAsync()
        => await Task.Delay(Timeout.Infinite, app.Lifetime.ApplicationStopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        await mailbox.DisposeAsync();
        if (azurite is not null)
            await azurite.DisposeAsync();
    }

    private static WebApplication Build(LocalSettings settings, TimeProvider clock, Action<IServiceCollection>? configure)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        settings.AddTo(builder.Configuration);
        LocalLogging.Configure(builder.Logging);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, settings.Port);
            kestrel.Limits.MaxRequestBodySize = LocalSettings.LargestBody;
            kestrel.AddServerHeader = false;
        });
        builder.Services.AddSingleton(clock);
        builder.Services.AddFundingFlow(builder.Configuration);
        builder.Services.AddSingleton<ISamples, CatalogueSamples>();
        builder.Services.AddFunctions(
            FunctionsHost.Catalog,
            new QueueFunctionsOptions(settings.Storage, File.ReadAllText(HostJson.PathOf(FunctionsHost.FunctionsAssembly))));
        configure?.Invoke(builder.Services);
        return builder.Build();
    }

    private static async Task StartAsync(WebApplication app, int port, CancellationToken stop)
    {
        try
        {
            await app.StartAsync(stop);
        }
        catch (Exception e)
        {
            await app.DisposeAsync();
            if (e is IOException { InnerException: AddressInUseException })
                throw new PortTakenException(port, e);
            throw;
        }
    }

    /// <summary>Asked first, so that a taken port is told before anything is started.</summary>
    private static int FreePort(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
        catch (SocketException e)
        {
            throw new PortTakenException(port, e);
        }
    }
}
