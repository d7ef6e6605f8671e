using FundingFlow.Ledger;
using FundingFlow.Projects;
using FundingFlow.Storage;

namespace FundingFlow.Pledges;

/// <summary>Opens a pledge's lines: by the message that submitted it, or by a command that comes before that message. Opens nothing twice.</summary>
public sealed class PledgeOpening(PledgeStore store, PledgeLines lines, Books books, ExpiringPledges expiring, TimeProvider clock)
{
    /// <param name="pledge">As stored.</param>
    /// <param name="etag">Of its row, where that is known: it is not read again before it is written.</param>
    public async Task OpenAsync(Pledge pledge, CancellationToken stop, string? etag = null)
    {
        await expiring.NoteAsync(pledge, stop);
        pledge = await SplitAsync(pledge, etag, stop);
        foreach (var part in pledge.Split!)
            await books.OpenAsync(await lines.OpenAsync(pledge, part, clock.GetUtcNow(), stop), pledge.Withdrawn || pledge.Expired, pledge.By, stop);
    }

    /// <summary>Decided once and recorded before anything is placed, so that a repetition places the same.</summary>
    private async Task<Pledge> SplitAsync(Pledge pledge, string? etag, CancellationToken stop)
    {
        if (PledgeLines.SplitOf(pledge) is { } known) return pledge with { Split = known };
        var whole = new LineSplit(Areas.Any, pledge.Original);
        var line = await lines.OpenAsync(pledge with { Split = [whole] }, whole, clock.GetUtcNow(), stop);
        var decided = await books.SplitAsync(line, stop);
        var split = pledge with { Split = decided };
        if (etag is not null && await store.TryReplaceTogetherAsync([new StoredPledge(split, etag)], stop)) return split;
        return (await store.ChangeAsync(pledge.Id, now => now.Split is null ? now with { Split = decided } : null, stop)) ?? throw new StoreConflictException(ConflictKind.Missing, 0);
    }
}
