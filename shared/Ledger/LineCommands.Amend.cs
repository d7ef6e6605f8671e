namespace FundingFlow.Ledger;

/// <summary>What an amended pledge says now, so far as its lines must know it.</summary>
/// <param name="Version">Of the pledge; a line that has it, or a later one, is left as it is.</param>
public sealed record LineTerms(int Version, DateOnly? ValidUntil, bool Anonymous);

internal sealed partial class LineCommands
{
    /// <summary>The pledge grows by <paramref name="minor"/> here: placed at once as far as there is room.</summary>
    /// <param name="empty">The line to open, with nothing in it, where the pledge has none here yet.</param>
    public async Task RaiseAsync(string area, string pledgeId, Func<Line> empty, long minor, LineTerms terms, string command, string by, CancellationToken stop)
    {
        var more = false;
        await books.CommitAsync(area, "amended", command, by, async attempt =>
        {
            more = false;
            if (await attempt.IsDoneAsync(pledgeId)) return false;
            if (await attempt.UseLineAsync(pledgeId) is null) attempt.Work.Use(new Stored<Line>(empty(), null));
            Resize(attempt.Work, pledgeId, minor);
            attempt.Work.Increase(pledgeId, minor);
            Tell(attempt.Work, pledgeId, terms);
            var line = attempt.Work.Line(pledgeId);
            if (line.IsWithdrawn) attempt.Work.WithdrawUnallocated(pledgeId);
            else if (line.Standing == Standing.Held || area == Projects.Areas.Any) attempt.Work.Mark(pledgeId, standing: line.Standing ?? Standing.NoNeed);
            else more = await placer.PlaceAsync(attempt, pledgeId, stop);
            return true;
        }, stop);
        if (more) await placer.PlaceStandingAsync(area, pledgeId, by, stop);
    }

    /// <summary>
    /// The pledge shrinks by up to <paramref name="minor"/> here: first by what is unallocated, then by what is proposed, the newest
    /// first. What is confirmed is never touched, even where it was confirmed a moment ago.
    /// </summary>
    /// <returns>By how much it shrank, now or when this was done before.</returns>
    public async Task<long> CutAsync(string area, string pledgeId, long minor, LineTerms terms, string command, string by, CancellationToken stop)
    {
        await books.CommitAsync(area, "amended", command, by, async attempt =>
        {
            if (await attempt.UseLineAsync(pledgeId) is not { } line || await attempt.IsDoneAsync(pledgeId)) return false;
            var left = minor - Math.Min(minor, line.Unallocated);
            var proposed = new List<Allocation>();
            foreach (var need in line.Parts)
                if (await attempt.UsePartAsync(pledgeId, need) is { Proposed.Minor: > 0 } part) proposed.Add(part);
            foreach (var part in proposed.OrderByDescending(part => part.At).ThenBy(part => part.Id, StringComparer.Ordinal).Take(MostParts))
            {
                var taken = Math.Min(left, part.Proposed.Minor);
                if (taken > 0) attempt.Work.Release(pledgeId, RefOf(part), part.Proposed.Part(taken));
                left -= taken;
            }

            Resize(attempt.Work, pledgeId, left - minor);
            attempt.Work.Reduce(pledgeId, minor - left);
            Tell(attempt.Work, pledgeId, terms);
            attempt.Work.Mark(pledgeId, standing: line.Standing ?? Standing.NoNeed);
            return true;
        }, stop);
        return await books.FindAsync<JournalEntry>(area, LedgerKeys.Journal(pledgeId, command), stop) is { Value: var entry }
            ? entry.Postings.Where(posting => posting.Account == Account.Pledged).Sum(posting => posting.Minor) : 0;
    }

    /// <summary>Brings a line to the pledge's version: until when it is valid, and whether its parts name the partner.</summary>
    public async Task TellAsync(string area, string pledgeId, LineTerms terms, string by, CancellationToken stop)
    {
        for (var (index, more) = (0, true); more; index++)
        {
            more = false;
            await books.CommitAsync(area, "amended", $"v{terms.Version}.{index}", by, async attempt =>
            {
                more = false;
                if (await attempt.UseLineAsync(pledgeId) is not { } line || line.Version >= terms.Version) return false;
                if (await attempt.IsDoneAsync(pledgeId))
                {
                    more = true;
                    return false;
                }

                var others = new List<Allocation>();
                foreach (var need in line.Parts)
                    if (await attempt.UsePartAsync(pledgeId, need) is { } part && part.Anonymous != terms.Anonymous) others.Add(part);
                foreach (var part in others.Take(MostParts)) attempt.Work.Adjust(pledgeId, RefOf(part), now => now with { Anonymous = terms.Anonymous });
                more = others.Count > MostParts;
                attempt.Work.Adjust(pledgeId, now => now with { ValidUntil = terms.ValidUntil, Donor = now.Donor with { Anonymous = terms.Anonymous } });
                if (!more) attempt.Work.Mark(pledgeId, terms.Version, line.Standing);
                return true;
            }, stop);
        }
    }

    /// <summary>Within another change of the line: all that needs no look at its parts.</summary>
    private static void Tell(AreaWork work, string pledgeId, LineTerms terms)
        => work.Adjust(pledgeId, line => line.Version >= terms.Version ? line : line with
        {
            ValidUntil = terms.ValidUntil,
            Version = line.Donor.Anonymous == terms.Anonymous ? terms.Version : line.Version,
        });

    /// <summary>A stated value was stated for what the line held: it grows and shrinks with it.</summary>
    private static void Resize(AreaWork work, string pledgeId, long more)
        => work.Adjust(pledgeId, line => line is { Stated: { } stated, Amount: var amount, MovedIn: var movedIn } && amount + movedIn > 0
            ? line with { Stated = stated with { Minor = (long)((Int128)stated.Minor * (amount + movedIn + more) / (amount + movedIn)) } } : line);
}
