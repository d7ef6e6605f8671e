using System.Buffers;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using SmtpServer;
using SmtpServer.Net;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace FundingFlow.Local.Mailbox;

/// <summary>An SMTP server on a loopback port that keeps every mail and sends none on.</summary>
public sealed class MailboxServer : IAsyncDisposable
{
    private const int LargestMail = 64 * 1024 * 1024;

    private readonly SmtpServer.SmtpServer server;
    private readonly ServiceProvider services;
    private readonly Task running;
    private readonly CancellationTokenSource stopping = new();

    private MailboxServer(TcpListener listener, MailStore store)
    {
        Store = store;
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        services = new ServiceCollection()
            .AddSingleton<IMessageStore>(new Inbox(store))
            .AddSingleton<IEndpointListenerFactory>(new LoopbackListenerFactory(listener))
            .BuildServiceProvider();
        var options = new SmtpServerOptionsBuilder()
            .ServerName("localhost")
            .MaxMessageSize(LargestMail, MaxMessageSizeHandling.Strict)
            .Port(Port)
            .Build();
        server = new SmtpServer.SmtpServer(options, services);
        running = server.StartAsync(stopping.Token);
    }

    public static string Host => "127.0.0.1";

    public int Port { get; }

    public MailStore Store { get; }

    /// <param name="preferredPort">Taken when it is free, so that noted settings stay good; another one when it is not.</param>
    public static MailboxServer Start(string folder, TimeProvider clock, int? preferredPort = null)
        => new(Listen(preferredPort), new MailStore(folder, clock));

    public async ValueTask DisposeAsync()
    {
        server.Shutdown();
        await server.ShutdownTask;
        await stopping.CancelAsync();
        await running.WaitAsync(CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stopping.Dispose();
        await services.DisposeAsync();
    }

    private static TcpListener Listen(int? preferredPort)
    {
        if (preferredPort is { } port)
        {
            try
            {
                return Listening(port);
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
            {
                return Listening(0);
            }
        }

        return Listening(0);
    }

    private static TcpListener Listening(int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        return listener;
    }

    private sealed class Inbox(MailStore store) : MessageStore
    {
        public override async Task<SmtpResponse> SaveAsync(
            ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
        {
            await store.AddAsync(buffer, cancellationToken);
            return SmtpResponse.Ok;
        }
    }
}
