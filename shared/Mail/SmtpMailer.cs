using System.Collections.Concurrent;
using System.Net.Sockets;
using FundingFlow.Digests;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace FundingFlow.Mail;

/// <summary>
/// A few connections, each made when all others are busy and kept for the next mails. One that the server has closed meanwhile is made
/// again. Nothing of the conversation is logged. Safe for concurrent use.
/// </summary>
public sealed class SmtpMailer(IOptions<MailOptions> options, IOptions<FundingFlowOptions> forum, TimeProvider clock) : IMailer, IDisposable
{
    private readonly MailOptions settings = options.Value;
    private readonly SemaphoreSlim turns = new(options.Value.Connections);
    private readonly ConcurrentStack<SmtpClient> idle = [];

    public bool IsConfigured => settings.IsConfigured;

    public async Task<Delivery> SendAsync(Email email, CancellationToken stop)
    {
        if (!IsConfigured) throw new InvalidOperationException("No mail server is configured: set FundingFlow:Mail:Host.");
        using var message = Mime.Of(email, email.From ?? ConfiguredSender(), clock.GetUtcNow());
        if (message is null) return Delivery.Refused("not an email address");
        await turns.WaitAsync(stop);
        try
        {
            return await SendAsync(message, stop);
        }
        finally
        {
            turns.Release();
        }
    }

    public void Dispose()
    {
        foreach (var smtp in idle) smtp.Dispose();
        turns.Dispose();
    }

    private async Task<Delivery> SendAsync(MimeMessage message, CancellationToken stop)
    {
        if (!idle.TryPop(out var kept)) return await SendOnceAsync(null, message, stop);
        try
        {
            return await SendOnceAsync(kept, message, stop);
        }
        catch (MailDelayedException) when (!kept.IsConnected)
        {
            // The connection had stood idle and the server had closed it: once more, on a new one.
            return await SendOnceAsync(null, message, stop);
        }
    }

    /// <param name="smtp">Null: a new connection.</param>
    private async Task<Delivery> SendOnceAsync(SmtpClient? smtp, MimeMessage message, CancellationToken stop)
    {
        try
        {
            smtp ??= await ConnectAsync(stop);
            await smtp.SendAsync(message, stop);
            return Delivery.Done;
        }
        catch (SmtpCommandException refused) when (IsFinal(refused))
        {
            return Delivery.Refused($"{(int)refused.StatusCode} {refused.ErrorCode}");
        }
        catch (SmtpCommandException refused)
        {
            if (refused.StatusCode == SmtpStatusCode.ServiceNotAvailable) smtp?.Dispose();
            // Without the inner exception: the server's words often repeat the address.
            throw new MailDelayedException($"The mail server answered {(int)refused.StatusCode} ({refused.ErrorCode}).");
        }
        catch (Exception refused) when (refused is AuthenticationException or SslHandshakeException or NotSupportedException)
        {
            smtp?.Dispose();
            // Without the inner exception: the server's words may hold the user's name.
            throw new MailDelayedException($"The mail server did not accept the connection ({refused.GetType().Name}): check FundingFlow:Mail User, Password and Security.");
        }
        catch (Exception lost) when (lost is ProtocolException or IOException or SocketException or ServiceNotConnectedException or TimeoutException)
        {
            smtp?.Dispose();
            throw new MailDelayedException("The mail server could not be reached, or broke off.", lost);
        }
        catch (OperationCanceledException)
        {
            smtp?.Dispose(); // in the middle of a mail it is of no use any more
            throw;
        }
        finally
        {
            if (smtp is { IsConnected: true }) idle.Push(smtp);
        }
    }

    private async Task<SmtpClient> ConnectAsync(CancellationToken stop)
    {
        var smtp = new SmtpClient { Timeout = (int)settings.Timeout.TotalMilliseconds };
        Socket? socket = null;
        try
        {
            socket = await SocketAsync(stop);
            await smtp.ConnectAsync(socket, settings.Host!, settings.Port, SecurityOf(settings.SecurityInUse), stop);
            if (!string.IsNullOrEmpty(settings.User)) await smtp.AuthenticateAsync(settings.User, settings.Password ?? "", stop);
            return smtp;
        }
        catch
        {
            smtp.Dispose(); // half-way connected, or not signed in
            socket?.Dispose();
            throw;
        }
    }

    /// <summary>Without Nagle's algorithm: a mail goes out in several small writes, and each would wait 40 ms for the other side's acknowledgement.</summary>
    private async Task<Socket> SocketAsync(CancellationToken stop)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(settings.Timeout);
        try
        {
            await socket.ConnectAsync(settings.Host!, settings.Port, patience.Token);
            return socket;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            socket.Dispose();
            throw new TimeoutException("The mail server did not take the connection in time.");
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private Mailbox ConfiguredSender()
    {
        var sender = MailboxAddress.Parse(settings.From ?? "");
        return new Mailbox(string.IsNullOrEmpty(sender.Name) ? forum.Value.ForumName : sender.Name, sender.Address);
    }

    /// <summary>A 5xx about the recipient or the mail itself stays so; about the sender or the sign-in it is ours to mend.</summary>
    private static bool IsFinal(SmtpCommandException refused)
        => (int)refused.StatusCode is >= 500 and < 600
           && refused.ErrorCode is SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted;

    private static SecureSocketOptions SecurityOf(MailSecurity security) => security switch
    {
        MailSecurity.None => SecureSocketOptions.None,
        MailSecurity.StartTls => SecureSocketOptions.StartTls,
        _ => SecureSocketOptions.SslOnConnect,
    };
}
