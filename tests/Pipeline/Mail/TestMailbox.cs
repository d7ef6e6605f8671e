using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MimeKit;
using SmtpServer;
using SmtpServer.ComponentModel;
using SmtpServer.Mail;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace FundingFlow.Tests.Pipeline.Mail;

internal sealed record ReceivedMail(string Raw, MimeMessage Message);

/// <summary>An SMTP server in this process that keeps what it is sent.</summary>
internal sealed class TestMailbox : MessageStore, IMailboxFilterFactory, IMailboxFilter, IAsyncDisposable
{
    private CancellationTokenSource? running;
    private Task serving = Task.CompletedTask;
    private int sessions;

    public int Port { get; } = FreePort();
    public List<ReceivedMail> Received { get; } = [];
    public int Sessions => sessions;

    /// <summary>Answers for a recipient instead of yes.</summary>
    public Func<IMailbox, SmtpResponse?>? Recipient { get; set; }

    public void Start()
    {
        var services = new ServiceProvider();
        services.Add((IMessageStore)this);
        services.Add((IMailboxFilterFactory)this);
        var options = new SmtpServerOptionsBuilder().ServerName("localhost")
            .Endpoint(endpoint => endpoint.Endpoint(new IPEndPoint(IPAddress.Loopback, Port))).Build();
        var server = new SmtpServer.SmtpServer(options, services);
        server.SessionCreated += (_, _) => Interlocked.Increment(ref sessions);
        running = new CancellationTokenSource();
        serving = server.StartAsync(running.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await running!.CancelAsync();
        await serving.WaitAsync(TimeSpan.FromSeconds(10)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        running.Dispose();
    }

    public async Task RestartAsync()
    {
        await DisposeAsync();
        Start();
    }

    public override Task<SmtpResponse> SaveAsync(
        ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
    {
        var bytes = buffer.ToArray();
        using var stream = new MemoryStream(bytes);
        lock (Received) Received.Add(new ReceivedMail(Encoding.UTF8.GetString(bytes), MimeMessage.Load(stream, cancellationToken)));
        return Task.FromResult(SmtpResponse.Ok);
    }

    public IMailboxFilter CreateInstance(ISessionContext context) => this;

    public Task<bool> CanAcceptFromAsync(ISessionContext context, IMailbox from, int size, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task<bool> CanDeliverToAsync(ISessionContext context, IMailbox to, IMailbox from, CancellationToken cancellationToken)
        => Recipient?.Invoke(to) is { } answer ? throw new SmtpResponseException(answer) : Task.FromResult(true);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
