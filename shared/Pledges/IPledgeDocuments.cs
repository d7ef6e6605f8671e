using System.Runtime.CompilerServices;
using FundingFlow.Storage;

namespace FundingFlow.Pledges;

/// <summary>Pledges as they were accepted, for the rooms that tell of them.</summary>
public interface IPledgeDocuments
{
    Task<Pledge?> FindAsync(string pledgeId, CancellationToken stop);

    IAsyncEnumerable<Pledge> OfPartnerAsync(string partnerId, CancellationToken stop);
}

public sealed class PledgeDocuments(PledgeStore store) : IPledgeDocuments
{
    public async Task<Pledge?> FindAsync(string pledgeId, CancellationToken stop) => (await store.FindAsync(pledgeId, stop))?.Value;

    public async IAsyncEnumerable<Pledge> OfPartnerAsync(string partnerId, [EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var row in store.OfPartnerAsync(partnerId, stop)) yield return Wire.Read<Pledge>(row);
    }
}
