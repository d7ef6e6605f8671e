using FundingFlow.Ledger;
using FundingFlow.Projects;

namespace FundingFlow.Pledges;

/// <summary>Opens a pledge's lines: by the message that submitted it, or by a command that comes before that message. Opens nothing twice.</summary>
public sealed class PledgeOpening(PledgeStore store, PledgeLines lines, Books books, ExpiringPledges expiring, TimeProvider clock)
{
    /// <param name="pledge">As stored.</param>
    public async Task OpenAsync(Pledge pledge, CancellationToken stop)
    {
        await expiring.NoteAsync(pledge, stop);
        pledge = pledge with { Split = await SplitAsync(pledge, stop) };
        foreach (var part in pledge.Split)
            await books.OpenAsync(await lines.OpenAsync(pledge, part, clock.GetUtcNow(), stop), pledge.Withdrawn || pledge.Expired, pledge.By, stop);
    }

    /// <summary>Decided once and recorded before anything is placed, so that a repetition places the same.</summary>
    private async Task<IReadOnlyList<LineSplit>> SplitAsync(Pledge pledge, CancellationToken stop)
    {
        if (PledgeLines.SplitOf(pledge) is { } known) return known;
        var whole = new LineSplit(Areas.Any, pledge.Original);
        var line = await lines.OpenAsync(pledge with { Split = [whole] }, whole, clock.GetUtcNow(), stop);
        var decided = await books.SplitAsync(line, stop);
        var recorded = await store.ChangeAsync(pledge.Id, now => now.Split is null ? now with { Split = decided } : null, stop);
        return recorded!.Split!;
    }
}
