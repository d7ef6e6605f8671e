namespace FundingFlow.Ledger;

/// <summary>What a receipt booked at one need, out of one account; in smallest units of the pledge.</summary>
/// <param name="From">Committed or conditional; pledged where it came after the pledge had been withdrawn.</param>
public sealed record ReceivedPart(PartRef Need, Account From, long Minor);

internal sealed partial class LineCommands
{
    /// <summary>Beside the proposals that undoing an increase releases.</summary>
    private const int MostReversed = 25;

    /// <summary>
    /// Undoes what a receipt booked in this line: every unit goes back to where it came from, or, where the pledge was withdrawn since, to
    /// what is withdrawn. Then the increase is undone: out of what is unallocated, and of the newest proposals.
    /// </summary>
    /// <param name="increase">What the receipt added to the line; less is undone when less of it is free by now.</param>
    /// <param name="receipt">Names the transactions, so that no receipt is reversed twice, under whatever key.</param>
    public async Task ReverseAsync(
        string area, string pledgeId, IReadOnlyList<ReceivedPart> parts, long increase, string receipt, string note, string by, CancellationToken stop)
    {
        var index = 0;
        foreach (var chunk in parts.Chunk(MostReversed).DefaultIfEmpty([]))
        {
            var isFirst = index == 0;
            await books.CommitAsync(area, "reversed", $"reversal.{receipt}.{index++}", by, async attempt =>
            {
                if (await attempt.UseLineAsync(pledgeId) is not { } line || await attempt.IsDoneAsync(pledgeId)) return false;
                var wasAcknowledged = false;
                foreach (var (need, from, minor) in chunk)
                {
                    if (await attempt.UsePartAsync(pledgeId, need) is not { } part) throw new InvalidOperationException($"{pledgeId} has received nothing at {need}.");
                    wasAcknowledged |= part.AcknowledgedAt is not null;
                    attempt.Work.Unreceive(pledgeId, need, line.CommitsNothing && from != Account.Pledged ? Account.Withdrawn : from, minor);
                }

                if (isFirst && increase > 0) await UndoIncreaseAsync(attempt, pledgeId, increase);
                attempt.Work.Mark(pledgeId, standing: line.Standing, note: wasAcknowledged ? $"{note} (The city had acknowledged it; that is void.)" : note);
                return true;
            }, stop);
        }
    }

    private static async Task UndoIncreaseAsync(Attempt attempt, string pledgeId, long increase)
    {
        var line = attempt.Work.Line(pledgeId);
        if (line.Unallocated < increase)
        {
            var proposed = new List<Allocation>();
            foreach (var need in line.Parts)
                if (await attempt.UsePartAsync(pledgeId, need) is { Proposed.Minor: > 0 } part) proposed.Add(part);
            foreach (var part in FreeOf.Newest(proposed))
            {
                var missing = increase - attempt.Work.Line(pledgeId).Unallocated;
                if (missing <= 0) break;
                attempt.Work.Release(pledgeId, RefOf(part), part.Proposed.Part(Math.Min(missing, part.Proposed.Minor)));
            }
        }

        attempt.Work.Reduce(pledgeId, Math.Min(increase, attempt.Work.Line(pledgeId).Unallocated));
    }
}

/// <summary>What of a line nobody is bound to.</summary>
public static class FreeOf
{
    /// <summary>One transaction releases this many proposals at most, beside what else it changes.</summary>
    private const int MostReleased = 20;

    /// <summary>What an increase of the line can be undone from, in smallest units.</summary>
    public static long Line(Line line, IEnumerable<Allocation> parts)
        => line.Unallocated + Newest(parts.Where(part => part.Area == line.Area)).Sum(part => part.Proposed.Minor);

    internal static IEnumerable<Allocation> Newest(IEnumerable<Allocation> parts)
        => parts.Where(part => part.Proposed.Minor > 0).OrderByDescending(part => part.At)
            .ThenBy(part => part.ProjectId, StringComparer.Ordinal).ThenBy(part => part.NeedId, StringComparer.Ordinal).Take(MostReleased);
}
