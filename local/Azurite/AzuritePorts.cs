using System.Net;
using System.Net.Sockets;
using System.Text.Json.Serialization;

namespace FundingFlow.Local.Azurite;

public sealed record AzuritePorts(int Blob, int Queue, int Table)
{
    // The account and key that every Azurite has, published in its documentation: no secret.
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    [JsonIgnore]
    public string ConnectionString => string.Create(null,
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};BlobEndpoint={Endpoint(Blob)};QueueEndpoint={Endpoint(Queue)};TableEndpoint={Endpoint(Table)};");

    /// <summary>The ports of last time where they are still free, so that noted connection strings stay good; else new ones.</summary>
    public static AzuritePorts Choose(AzuritePorts? last) => last is not null && last.AreFree() ? last : Free();

    private static AzuritePorts Free()
    {
        // All three are held until all are known, or the same one could come up twice.
        using TcpListener blob = Listen(0), queue = Listen(0), table = Listen(0);
        return new(Port(blob), Port(queue), Port(table));
    }

    private bool AreFree()
    {
        try
        {
            using TcpListener blob = Listen(Blob), queue = Listen(Queue), table = Listen(Table);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static TcpListener Listen(int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        return listener;
    }

    private static int Port(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;

    private static string Endpoint(int port) => string.Create(null, $"http://127.0.0.1:{port}/{Account}");
}
