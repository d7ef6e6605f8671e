using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FundingFlow.Benchmarks;

/// <summary>The least SMTP server that MailKit talks to: takes every mail at once and throws it away, or keeps its bytes while asked to.</summary>
internal sealed class SmtpSink : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly Task accepting;
    private int taken;

    public SmtpSink()
    {
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public bool Keeps { get; set; }

    /// <summary>Mails that it said it had taken, so far.</summary>
    public int Taken => taken;

    /// <summary>As they came, dots undone.</summary>
    public ConcurrentQueue<string> Kept { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Dispose();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            var client = await listener.AcceptTcpClientAsync(stopping.Token);
            client.NoDelay = true;
            _ = TalkAsync(client);
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using (client)
        using (var reader = new StreamReader(client.GetStream(), Encoding.UTF8))
        {
            await using var writer = new StreamWriter(client.GetStream(), new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
            await writer.WriteLineAsync("220 sink");
            while (await reader.ReadLineAsync(stopping.Token) is { } line)
            {
                var command = line.Length < 4 ? line : line[..4].ToUpperInvariant();
                switch (command)
                {
                    case "EHLO":
                        await writer.WriteAsync("250-sink\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n");
                        break;
                    case "DATA":
                        await writer.WriteLineAsync("354 go on");
                        await TakeAsync(reader);
                        Interlocked.Increment(ref taken);
                        await writer.WriteLineAsync("250 taken");
                        break;
                    case "QUIT":
                        await writer.WriteLineAsync("221 bye");
                        return;
                    default:
                        await writer.WriteLineAsync("250 fine");
                        break;
                }
            }
        }
    }

    private async Task TakeAsync(StreamReader reader)
    {
        var mail = Keeps ? new StringBuilder() : null;
        while (await reader.ReadLineAsync(stopping.Token) is { } line && line != ".")
            mail?.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        if (mail is not null) Kept.Enqueue(mail.ToString());
    }
}
