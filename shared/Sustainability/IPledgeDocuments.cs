using FundingFlow.Pledges;
using FundingFlow.Storage;

namespace FundingFlow.Sustainability;

/// <summary>Pledges as they were accepted.</summary>
public interface IPledgeDocuments
{
    Task<Pledge?> FindAsync(string pledgeId, CancellationToken stop);

    IAsyncEnumerable<Pledge> OfPartnerAsync(string partnerId, CancellationToken stop);
}

/// <summary>Table Pledges: partition = partner, row = the pledge's id, which is partner.hash.</summary>
public sealed class PledgeDocuments(ITables tables) : IPledgeDocuments
{
    public async Task<Pledge?> FindAsync(string pledgeId, CancellationToken stop)
        => await tables.FindAsync(TableNames.Pledges, PartnerOf(pledgeId), pledgeId, stop) is { } row ? Wire.Read<Pledge>(row) : null;

    /// <remarks>Rows with other keys (commands of a pledge) lie in the same partition; they hold a bar, ids do not.</remarks>
    public async IAsyncEnumerable<Pledge> OfPartnerAsync(
        string partnerId, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var row in tables.PrefixAsync(TableNames.Pledges, partnerId, partnerId + ".", stop))
            if (!row.Key.Contains('|', StringComparison.Ordinal)) yield return Wire.Read<Pledge>(row);
    }

    private static string PartnerOf(string pledgeId) => pledgeId[..Math.Max(0, pledgeId.LastIndexOf('.'))];
}
