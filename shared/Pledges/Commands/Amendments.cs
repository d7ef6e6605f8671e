using FundingFlow.Ledger;
using FundingFlow.Validation;

namespace FundingFlow.Pledges.Commands;

/// <summary>
/// Brings amendments from the pledge into its lines: in the order of their versions, each to its end, by whoever comes first. What a crash
/// left half done is gone on with by the next command on the pledge, or by the sweep.
/// </summary>
public sealed class Amendments(PledgeStore store, PledgeBooks pledgeBooks, PledgeLines lines, PledgeOpening opening, ExpiringPledges expiring, Books books, TimeProvider clock)
{
    /// <summary>Notes it on the pledge: from then on it holds.</summary>
    /// <returns>Null: it is noted, now or before.</returns>
    public async Task<Refusal?> ClaimAsync(string pledgeId, PledgeCommand command, PledgeChanges changes, CancellationToken stop)
    {
        Refusal? refused = null;
        await store.ChangeAsync(pledgeId, now =>
        {
            refused = null;
            if (now.Amendments.Any(amendment => amendment.Id == command.Id)) return null;
            refused = Refuses(now, changes);
            return refused is null ? Noted(now, command, changes) : null;
        }, stop);
        return refused;
    }

    public async Task FinishAsync(string pledgeId, CancellationToken stop)
    {
        while (await store.FindAsync(pledgeId, stop) is { Value: var pledge } && pledge.Amendments.FirstOrDefault(amendment => !amendment.Done) is { } next)
            await FinishAsync(pledge, next, stop);
    }

    internal static Pledge Noted(Pledge pledge, PledgeCommand command, PledgeChanges changes)
    {
        var amended = changes.On(pledge) with { Version = pledge.Version + 1 };
        var delta = amended.Resource.Minor - pledge.Resource.Minor;
        var amendment = new Amendment(command.Id, amended.Version, delta, command.By) { Raises = delta > 0 ? PledgeLines.Shares(pledge, delta) : [] };
        return amended with { Amendments = [.. pledge.Amendments, amendment] };
    }

    private static Refusal? Refuses(Pledge now, PledgeChanges changes)
    {
        if (Amend.Refuses(now) is { } ended) return ended;
        if (changes.Version is { } read && read != now.Version)
            return new Refusal(RefusalKind.PreconditionFailed, "It was amended at the same moment: read it again, apply your change to what it is now, and send it with that ETag.");
        var amended = changes.On(now);
        return amended.Schedule.Count == 0 || amended.Schedule.Sum(instalment => instalment.Minor) == amended.Resource.Minor
            ? null
            : Refusal.Conflict("It was amended at the same moment, and its schedule no longer sums to it: read it again, and give both amount and schedule.");
    }

    private async Task FinishAsync(Pledge pledge, Amendment amendment, CancellationToken stop)
    {
        // A late message then finds every line opened, and changes nothing.
        await opening.OpenAsync(pledge, stop);
        // With the split that was decided for it just now.
        pledge = (await store.FindAsync(pledge.Id, stop))!.Value;
        var terms = new LineTerms(amendment.Version, pledge.ValidUntil, pledge.IsAnonymous);
        foreach (var raise in amendment.Raises)
        {
            var empty = await lines.OpenAsync(pledge, new LineSplit(raise.Area, 0), clock.GetUtcNow(), stop);
            await books.RaiseAsync(raise.Area, pledge.Id, () => empty, raise.Minor, terms, amendment.Id, amendment.By, stop);
        }

        var (left, rounds) = amendment.Delta < 0 ? await CutAsync(pledge.Id, amendment, terms, stop) : (0, 0);
        await TellAsync(pledge, terms, amendment.By, stop);
        await expiring.NoteAsync(pledge, stop);
        await store.ChangeAsync(pledge.Id, now => Finished(now, amendment.Id, left, rounds), stop);
    }

    /// <summary>What could not be taken because it was confirmed meanwhile stays pledged, and is due with the last instalment.</summary>
    private static Pledge? Finished(Pledge now, string id, long left, int rounds)
    {
        if (now.Amendments.FirstOrDefault(amendment => amendment.Id == id) is not { Done: false } amendment) return null;
        // Another worker found more to take: go on with that first.
        if (left > 0 && amendment.Cuts.Count != rounds) return null;
        return now with
        {
            Resource = now.Resource with { Minor = now.Resource.Minor + left },
            Amended = now.Amended + left,
            Schedule = left == 0 || now.Schedule.Count == 0 ? now.Schedule : [.. now.Schedule.SkipLast(1), now.Schedule[^1] with { Minor = now.Schedule[^1].Minor + left }],
            Amendments = [.. now.Amendments.Select(other => other == amendment ? amendment with { Done = true, Short = left } : other)],
        };
    }

    /// <returns>What is left to take and cannot be taken, after so many rounds.</returns>
    private async Task<(long Left, int Rounds)> CutAsync(string pledgeId, Amendment amendment, LineTerms terms, CancellationToken stop)
    {
        var left = -amendment.Delta;
        for (var round = 0; left > 0; round++)
        {
            var row = (await store.FindAsync(pledgeId, stop))!.Value;
            var now = row.Amendments.First(other => other.Id == amendment.Id);
            if (now.Done) return (now.Short, round);
            if (now.Cuts.Count == round)
            {
                foreach (var line in (await pledgeBooks.ReadAsync(row, stop)).Lines) await books.FinishSendingsAsync(line, stop);
                var plan = CutPlan.Of(await pledgeBooks.ReadAsync(row, stop), left);
                if (plan.Count == 0) return (left, round);
                row = (await store.ChangeAsync(pledgeId, found => Decided(found, amendment.Id, round, plan), stop))!;
                now = row.Amendments.First(other => other.Id == amendment.Id);
                if (now.Done) return (now.Short, round);
            }

            foreach (var cut in now.Cuts[round])
                left -= await books.CutAsync(cut.Area, pledgeId, cut.Minor, terms, $"{amendment.Id}.{round}", amendment.By, stop);
        }

        return (0, 0);
    }

    private static Pledge? Decided(Pledge found, string id, int round, IReadOnlyList<LineSplit> plan)
        => found.Amendments.First(amendment => amendment.Id == id) is { Done: false } amendment && amendment.Cuts.Count == round
            ? found with { Amendments = [.. found.Amendments.Select(other => other == amendment ? amendment with { Cuts = [.. amendment.Cuts, plan] } : other)] }
            : null;

    private async Task TellAsync(Pledge pledge, LineTerms terms, string by, CancellationToken stop)
    {
        while (true)
        {
            var now = (await pledgeBooks.ReadAsync(pledge, stop)).Lines;
            foreach (var line in now) await books.FinishSendingsAsync(line, stop);
            var behind = now.Where(line => line.Version < terms.Version).ToList();
            foreach (var line in behind) await books.TellAsync(line.Area, pledge.Id, terms, by, stop);
            if (behind.Count == 0 && now.All(line => line.Sendings.All(sending => sending.Done))) return;
        }
    }
}
