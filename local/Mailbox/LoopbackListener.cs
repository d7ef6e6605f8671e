using System.IO.Pipelines;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using SmtpServer;
using SmtpServer.IO;
using SmtpServer.Net;

namespace FundingFlow.Local.Mailbox;

/// <summary>Hands the SMTP server a socket that is already bound: no other program can take the port between choosing and using it.</summary>
internal sealed class LoopbackListenerFactory(TcpListener listener) : IEndpointListenerFactory
{
    public IEndpointListener CreateListener(IEndpointDefinition endpointDefinition) => new LoopbackListener(listener);
}

internal sealed class LoopbackListener(TcpListener listener) : IEndpointListener
{
    public async Task<ISecurableDuplexPipe> GetPipeAsync(ISessionContext context, CancellationToken cancellationToken)
    {
        var client = await listener.AcceptTcpClientAsync(cancellationToken);
        // The dialogue is short lines to and fro, which Nagle's algorithm would hold back for 40 ms each.
        client.NoDelay = true;
        context.Properties[EndpointListener.LocalEndPointKey] = client.Client.LocalEndPoint;
        context.Properties[EndpointListener.RemoteEndPointKey] = client.Client.RemoteEndPoint;
        return new PlainPipe(client);
    }

    public void Dispose() => listener.Dispose();

    private sealed class PlainPipe(TcpClient client) : ISecurableDuplexPipe
    {
        public PipeReader Input { get; } = PipeReader.Create(client.GetStream(), new StreamPipeReaderOptions(leaveOpen: true));

        public PipeWriter Output { get; } = PipeWriter.Create(client.GetStream(), new StreamPipeWriterOptions(leaveOpen: true));

        public bool IsSecure => false;

        public SslProtocols SslProtocol => SslProtocols.None;

        public Task UpgradeAsync(X509Certificate certificate, SslProtocols protocols, CancellationToken cancellationToken = default)
            => throw new NotSupportedException("The mailbox on this machine speaks no TLS.");

        public void Dispose()
        {
            Input.Complete();
            Output.Complete();
            client.Dispose();
        }
    }
}
