using FundingFlow.Storage;

namespace FundingFlow.Pledges;

/// <summary>A row as it is after <see cref="BulkRows.WriteAsync"/>.</summary>
/// <param name="Stored">What holds the id now; an earlier pledge's content may be another.</param>
/// <param name="IsNew">Written by this call.</param>
/// <param name="IsToBeSent">Accepted and not placed: its message may never have been sent.</param>
public sealed record WrittenRow(StoredPledge Stored, bool IsNew, bool IsToBeSent);

/// <summary>Writes rows of Pledges a hundred at a time; one whose id is taken keeps none of its neighbours from being written.</summary>
public sealed class BulkRows(PledgeStore store, PledgeIntake intake)
{
    internal const int MostRows = 100;

    /// <summary>Of one transaction; as sent they are at most six times as long, and stay under the store's 4 MiB.</summary>
    internal const int MostCharacters = 500_000;

    private const int AtOnce = 8;

    /// <param name="pledges">Of different ids.</param>
    public async Task<IReadOnlyDictionary<string, WrittenRow>> WriteAsync(IEnumerable<Pledge> pledges, CancellationToken stop)
    {
        var transactions = pledges.GroupBy(pledge => pledge.PartnerId, StringComparer.Ordinal)
            .SelectMany(partner => Chunks.Of(partner, MostRows, pledge => Wire.Write(pledge).Length, MostCharacters));
        var written = new Dictionary<string, WrittenRow>(StringComparer.Ordinal);
        foreach (var some in transactions.Chunk(AtOnce))
            foreach (var rows in await Task.WhenAll(some.Select(chunk => WriteTogetherAsync(chunk, stop))))
                foreach (var row in rows) written.Add(row.Stored.Value.Id, row);
        return written;
    }

    private async Task<IReadOnlyList<WrittenRow>> WriteTogetherAsync(IReadOnlyList<Pledge> pledges, CancellationToken stop)
    {
        var written = new List<WrittenRow>(pledges.Count);
        for (var left = pledges; left.Count > 0;)
        {
            if (await store.TryAddTogetherAsync(left, stop) is { } etags)
            {
                written.AddRange(left.Select((pledge, i) => new WrittenRow(new StoredPledge(pledge, etags[i]), IsNew: true, IsToBeSent: true)));
                break;
            }

            // Some are there: a repetition, another content under the same key, or this very transaction, whose answer was lost.
            var present = new List<StoredPledge?>(left.Count);
            foreach (var some in left.Chunk(AtOnce)) present.AddRange(await Task.WhenAll(some.Select(pledge => store.FindAsync(pledge.Id, stop))));
            foreach (var (pledge, earlier) in left.Zip(present))
                if (earlier is not null)
                    written.Add(new WrittenRow(earlier, IsNew: false,
                        IsToBeSent: earlier.Value.ContentHash == pledge.ContentHash && !await intake.IsOpenedAsync(earlier.Value, stop)));
            left = [.. left.Zip(present).Where(pair => pair.Second is null).Select(pair => pair.First)];
        }

        return written;
    }
}
