namespace FundingFlow.Local.Azurite;

/// <summary>A real request to each of the three services: Azurite names itself in its answer, even to a stranger.</summary>
internal static class AzuriteProbe
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(5) };

    public static async Task<bool> AnswersAsync(AzuritePorts ports, CancellationToken stop)
        => await AnswersAsync(ports.Blob, "Azurite-Blob", stop)
            && await AnswersAsync(ports.Queue, "Azurite-Queue", stop)
            && await AnswersAsync(ports.Table, "Azurite-Table", stop);

    private static async Task<bool> AnswersAsync(int port, string name, CancellationToken stop)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new UriBuilder("http", "127.0.0.1", port, "devstoreaccount1").Uri);
            request.Headers.ConnectionClose = true;
            using var answer = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
            return answer.Headers.TryGetValues("Server", out var server) && server.Any(s => s.StartsWith(name, StringComparison.Ordinal));
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (TaskCanceledException) when (!stop.IsCancellationRequested)
        {
            return false;
        }
    }
}
