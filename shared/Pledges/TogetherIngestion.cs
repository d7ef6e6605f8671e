using FundingFlow.Ledger;
using FundingFlow.Projects;
using FundingFlow.Storage;
using Microsoft.Extensions.Logging;

namespace FundingFlow.Pledges;

/// <summary>
/// Places the pledges of one message together: their splits are recorded a partner at a time, their lines opened many in a transaction of
/// their area. Where that does not go for one of them, that one goes alone, and its neighbours never wait for it.
/// </summary>
public sealed class TogetherIngestion(
    PledgeStore store, PledgeLines lines, Books books, ExpiringPledges expiring, SubmittedLog submitted, IQueues queues, TimeProvider clock, ILogger<TogetherIngestion> log)
{
    /// <param name="message">The text that <paramref name="read"/> was read from.</param>
    /// <param name="alone">Takes one pledge the way that a pledge in a message of its own goes. May be asked again.</param>
    public async Task IngestAsync(string message, PledgesSubmitted read, Func<Pledge, CancellationToken, Task> alone, CancellationToken stop)
    {
        var entry = PledgesSubmitted.EntryKeyOf(message);
        // Gone: every one of them is placed, or has an entry of its own by now.
        if (!await submitted.IsNotedAsync(read.Bucket, entry, stop)) return;
        await expiring.NoteAsync(read.Pledges, stop);
        var single = new HashSet<string>(StringComparer.Ordinal);
        foreach (var pledge in await OpenAsync(await SplitAsync(read, single, stop), stop)) single.Add(pledge);
        var failed = new List<Pledge>();
        foreach (var pledge in read.Pledges.Where(pledge => single.Contains(pledge.Id)))
            if (!await TryAsync(pledge, alone, stop)) failed.Add(pledge);
        if (failed.Count > 0) await PartAsync(read.Bucket, entry, failed, stop);
        else submitted.Complete(read.Bucket, entry);
    }

    /// <summary>The pledges with their splits, decided and recorded; those where that failed are added to <paramref name="single"/>.</summary>
    private async Task<IReadOnlyList<Pledge>> SplitAsync(PledgesSubmitted read, HashSet<string> single, CancellationToken stop)
    {
        var split = new List<Pledge>();
        var undecided = new List<StoredPledge>();
        for (var i = 0; i < read.Pledges.Count; i++)
        {
            var pledge = read.Pledges[i];
            // Amended or ended since it was accepted: the row says how it stands.
            if (pledge.Version > 1) single.Add(pledge.Id);
            else if (PledgeLines.SplitOf(pledge) is { } known) split.Add(pledge with { Split = known });
            else if (read.ETags?.ElementAtOrDefault(i) is { } etag) undecided.Add(new StoredPledge(pledge, etag));
            else single.Add(pledge.Id);
        }

        if (undecided.Count == 0) return split;
        var decided = await DecideAsync(undecided, single, stop);
        foreach (var partner in decided.GroupBy(pledge => pledge.Value.PartnerId, StringComparer.Ordinal))
            foreach (var chunk in Chunks.Of(partner, BulkRows.MostRows, pledge => Wire.Write(pledge.Value).Length, BulkRows.MostCharacters))
                // Not as they were accepted: withdrawn, or recorded by this message when it came before. The row decides.
                if (await store.TryReplaceTogetherAsync(chunk, stop)) split.AddRange(chunk.Select(pledge => pledge.Value));
                else single.UnionWith(chunk.Select(pledge => pledge.Value.Id));
        return split;
    }

    private async Task<IReadOnlyList<StoredPledge>> DecideAsync(IReadOnlyList<StoredPledge> undecided, HashSet<string> single, CancellationToken stop)
    {
        var (pledges, whole) = (new List<StoredPledge>(), new List<Line>());
        foreach (var stored in undecided)
        {
            var all = new LineSplit(Areas.Any, stored.Value.Resource.Minor);
            if (await LineAsync(stored.Value with { Split = [all] }, all, stop) is not { } line)
            {
                single.Add(stored.Value.Id);
                continue;
            }

            pledges.Add(stored);
            whole.Add(line);
        }

        var splits = await books.SplitTogetherAsync(whole, stop);
        return [.. pledges.Select((stored, i) => stored with { Value = stored.Value with { Split = splits[i] } })];
    }

    /// <returns>Ids of the pledges of which a line could not be opened so.</returns>
    private async Task<IReadOnlyList<string>> OpenAsync(IReadOnlyList<Pledge> pledges, CancellationToken stop)
    {
        var left = new List<string>();
        var toOpen = new List<(string By, Line Line)>();
        foreach (var pledge in pledges)
            foreach (var part in pledge.Split!)
                if (await LineAsync(pledge, part, stop) is { } line) toOpen.Add((pledge.By, line));
                else left.Add(pledge.Id);
        foreach (var group in toOpen.GroupBy(open => (open.Line.Area, open.By)))
        {
            var together = group.Select(open => open.Line).ToList();
            try
            {
                left.AddRange((await books.OpenTogetherAsync(group.Key.Area, together, group.Key.By, stop)).Select(line => line.PledgeId));
            }
            catch (Exception failure) when (!stop.IsCancellationRequested)
            {
                log.LogWarning(failure, "{Count} lines could not be opened together in {Area}; they go one by one.", together.Count, group.Key.Area);
                left.AddRange(together.Select(line => line.PledgeId));
            }
        }

        return left;
    }

    /// <returns>Null: it cannot be made now; alone it will say why.</returns>
    private async Task<Line?> LineAsync(Pledge pledge, LineSplit part, CancellationToken stop)
    {
        try
        {
            return await lines.OpenAsync(pledge, part, clock.GetUtcNow(), stop);
        }
        catch (Exception failure) when (!stop.IsCancellationRequested)
        {
            log.LogWarning(failure, "{Pledge} cannot be opened beside its neighbours; it goes alone.", pledge.Id);
            return null;
        }
    }

    private async Task<bool> TryAsync(Pledge pledge, Func<Pledge, CancellationToken, Task> alone, CancellationToken stop)
    {
        try
        {
            await alone(pledge, stop);
            return true;
        }
        catch (Exception failure) when (!stop.IsCancellationRequested)
        {
            log.LogWarning(failure, "{Pledge} could not be placed; it goes on in a message of its own.", pledge.Id);
            return false;
        }
    }

    /// <summary>Each that failed goes on by itself: with an entry, its tries, and in the end its own place before staff.</summary>
    private async Task PartAsync(string bucket, string entry, IReadOnlyList<Pledge> failed, CancellationToken stop)
    {
        await submitted.PartAsync(bucket, entry, [.. failed.Select(pledge => pledge.Id)], stop);
        foreach (var pledge in failed)
            await queues.SendAsync(QueueNames.PledgesSubmitted, Wire.Write(new PledgesSubmitted(1, bucket, [pledge])), stop);
    }
}
