using FundingFlow.Storage;

namespace FundingFlow.Pledges;

/// <summary>The rows of Pledges: partition = partner, row = id.</summary>
public sealed class PledgeStore(ITables tables)
{
    /// <returns>Its ETag; null: there is one already.</returns>
    public async Task<string?> TryAddAsync(Pledge pledge, CancellationToken stop)
    {
        try
        {
            return await tables.PutAsync(TableNames.Pledges, RowChange.Add(RowOf(pledge, null)), stop);
        }
        catch (StoreConflictException conflict) when (conflict.Kind == ConflictKind.AlreadyExists)
        {
            return null;
        }
    }

    /// <summary>Adds pledges of one partner together: all or none.</summary>
    /// <param name="pledges">At most 100, of different ids, 4 MiB as they are stored.</param>
    /// <returns>Their ETags in order; null: one of them, at least, is there already.</returns>
    public async Task<IReadOnlyList<string>?> TryAddTogetherAsync(IReadOnlyList<Pledge> pledges, CancellationToken stop)
    {
        try
        {
            var etags = await tables.CommitAsync(TableNames.Pledges, [.. pledges.Select(pledge => RowChange.Add(RowOf(pledge, null)))], stop);
            return [.. etags.Select(etag => etag!)];
        }
        catch (StoreConflictException conflict) when (conflict.Kind == ConflictKind.AlreadyExists)
        {
            return null;
        }
    }

    /// <summary>Rewrites pledges of one partner together, each under the ETag it was read with: all or none.</summary>
    /// <returns>False: one of them, at least, is another by now.</returns>
    public async Task<bool> TryReplaceTogetherAsync(IReadOnlyList<StoredPledge> pledges, CancellationToken stop)
    {
        try
        {
            await tables.CommitAsync(TableNames.Pledges, [.. pledges.Select(pledge => RowChange.Replace(RowOf(pledge.Value, pledge.ETag)))], stop);
            return true;
        }
        catch (StoreConflictException conflict) when (conflict.Kind is ConflictKind.Changed or ConflictKind.Missing)
        {
            return false;
        }
    }

    public async Task<StoredPledge?> FindAsync(string pledgeId, CancellationToken stop)
        => PledgeId.PartnerOf(pledgeId) is { } partner && await tables.FindAsync(TableNames.Pledges, partner, pledgeId, stop) is { } row
            ? new StoredPledge(Wire.Read<Pledge>(row), row.ETag!)
            : null;

    /// <summary>Reads, changes and writes until no other change comes in between; null from <paramref name="change"/>: leave it.</summary>
    public async Task<Pledge?> ChangeAsync(string pledgeId, Func<Pledge, Pledge?> change, CancellationToken stop)
    {
        while (true)
        {
            if (await FindAsync(pledgeId, stop) is not { } stored) return null;
            if (change(stored.Value) is not { } changed) return stored.Value;
            try
            {
                await tables.PutAsync(TableNames.Pledges, RowChange.Replace(RowOf(changed, stored.ETag)), stop);
                return changed;
            }
            catch (StoreConflictException conflict) when (conflict.Kind == ConflictKind.Changed)
            {
                // Another changed it meanwhile: read again, decide again.
                continue;
            }
        }
    }

    public async Task<(IReadOnlyList<Pledge> Pledges, string? Continuation)> PageAsync(string? partnerId, int size, string? continuation, CancellationToken stop)
    {
        var page = await tables.PageAsync(TableNames.Pledges, partnerId, size, continuation, stop);
        return ([.. page.Rows.Select(Wire.Read<Pledge>)], page.Continuation);
    }

    public IAsyncEnumerable<Row> OfPartnerAsync(string partnerId, CancellationToken stop)
        => tables.PrefixAsync(TableNames.Pledges, partnerId, partnerId + ".", stop);

    private static Row RowOf(Pledge pledge, string? etag) => new(pledge.PartnerId, pledge.Id, Wire.Write(pledge), etag);
}

public sealed record StoredPledge(Pledge Value, string ETag);
