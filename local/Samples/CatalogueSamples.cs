using FundingFlow.Local.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FundingFlow.Local.Samples;

/// <summary>Fills a new local host with the catalogue, over its own HTTP contract.</summary>
public sealed class CatalogueSamples : ISamples
{
    public async Task LoadAsync(LocalHost host, Action<string> progress, CancellationToken cancellationToken)
    {
        using var direct = new HttpClientHandler { UseProxy = false };
        using var http = new HttpClient(direct) { BaseAddress = new Uri(host.Url + "/") };
        var zone = TimeZoneInfo.FindSystemTimeZoneById(host.Services.GetRequiredService<IOptions<FundingFlowOptions>>().Value.TimeZone);
        var loader = new SamplesLoader(http, host.StaffKey, host.Services.GetRequiredService<TimeProvider>(), zone);
        progress("Loading the samples …");
        var result = await loader.LoadAsync(cancellationToken);
        foreach (var problem in result.Problems) progress($"Samples: {problem}");
        progress(result.Created == 0
            ? "The samples were there already."
            : $"Samples: {result.Created} cities, partners and projects, {result.Pledges} pledges, {result.Steps} confirmations and receipts.");
    }
}
